// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExecEventTest {
  private static final int ROUNDS = 2_000;

  @Test
  void pathThatWasNotReadWhole_isNoAbsolutePath() throws MalformedRecordException {
    WireRecord record = WireRecord.exec(0, 1, 5).exe("/d/d/tcpdump").cwd("/");
    int faults = ReadFault.EXE.bit() | ReadFault.CWD.bit();
    ExecEvent event = event(record.number("faults", faults).encode());

    assertEquals("d/d/tcpdump", new String(event.exe(), UTF_8));
    assertEquals("tcpdump", new String(event.exeName(), UTF_8));
    assertNull(event.cwd());
  }

  @Test
  void paths_comeLeafFirst_areJoined() throws Exception {
    ExecEvent event =
        event(WireRecord.exec(0, 1, 5).exe("/usr/bin/env").cwd("/").cgroup("/a.slice").encode());
    assertText("/usr/bin/env", event.exe());
    assertText("env", event.exeName());
    assertText("/", event.cwd());
    assertText("/a.slice", event.cgroup());
  }

  @Test
  void path_thatIsEmpty_isNotKnown() throws Exception {
    ExecEvent event = event(WireRecord.exec(0, 1, 5).encode());
    assertNull(event.exe());
    assertNull(event.exeName());
    assertNull(event.cwd());
    assertNull(event.filename());
  }

  @Test
  void path_ofOneEmptyComponent_isTheRoot() throws Exception {
    ExecEvent event = event(WireRecord.exec(0, 1, 5).exe(new byte[0]).encode());
    assertText("/", event.exe());
    assertNull(event.exeName());
  }

  @Test
  void memfd_keepsSlashesInItsName() throws Exception {
    ExecEvent event =
        event(
            WireRecord.exec(0, 1, 5)
                .number("flags", 2)
                .exe("memfd:x/bash".getBytes(UTF_8))
                .encode());
    assertTrue(event.memfd());
    assertText("/memfd:x/bash", event.exe());
    assertText("memfd:x/bash", event.exeName());
  }

  @Test
  void argv_thatIsCut_endsWithAPart() throws Exception {
    ExecEvent event =
        event(WireRecord.exec(0, 1, 5).argv("sh", "-c", "echo").argvCutTo(7).encode());
    assertEquals(List.of("sh", "-c", "e"), texts(event.argv()));
    assertEquals(3, event.argc());
    assertEquals(11, event.argvBytes());
    assertTrue(event.argvCut());
  }

  @Test
  void argv_withEmptyArguments_keepsThem() throws Exception {
    ExecEvent event = event(WireRecord.exec(0, 1, 5).argv("", "", "x", "").encode());
    assertEquals(List.of("", "", "x", ""), texts(event.argv()));
  }

  @Test
  void argv_thatFaulted_isNotKnown() throws Exception {
    int faults = ReadFault.ARGV.bit() | ReadFault.ENV_NAMES.bit();
    ExecEvent event = event(WireRecord.exec(0, 1, 5).number("faults", faults).encode());
    assertNull(event.argv());
    assertNull(event.envNames());
    assertEquals(
        List.of("env_names", "argv"), event.faults().stream().map(ReadFault::column).toList());
  }

  @Test
  void unset_isNull() throws Exception {
    ExecEvent unset = event(WireRecord.exec(0, 1, 5).encode());
    assertNull(unset.loginUid());
    assertNull(unset.sessionId());
    assertNull(unset.tty());
    assertNull(unset.netNs());
    ExecEvent set =
        event(
            WireRecord.exec(0, 1, 5)
                .number("login_uid", 0xfffffffeL)
                .number("net_ns", 0xf0000000L)
                .tty("pts0")
                .encode());
    assertEquals(0xfffffffeL, set.loginUid());
    assertEquals(0xf0000000L, set.netNs());
    assertText("pts0", set.tty());
  }

  @Test
  void otherAbi_isToldFirst() {
    ByteBuffer other = WireRecord.exec(0, 1, 5).number("abi", 3).encode().limit(2);
    MalformedRecordException e = assertThrows(MalformedRecordException.class, () -> event(other));
    assertEquals("offset 0: abi: ABI 3, expected 2", e.getMessage());
  }

  @Test
  void randomRecords_comeBackAsTheyWere() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      List<byte[]> argv = randomParts(random, 20);
      List<byte[]> env = randomParts(random, 3);
      byte[] comm = randomBytes(random, 15);
      byte[] filename = randomBytes(random, 300);
      long sequence = random.nextLong() & 0xffffffffffffL;
      int cpu = random.nextInt(0x8000);
      WireRecord record =
          WireRecord.exec(cpu, sequence, random.nextLong() & Long.MAX_VALUE)
              .comm(comm)
              .filename(filename)
              .env(env)
              .argv(argv)
              .number("uid", random.nextInt() & 0xffffffffL)
              .ancestor(7, 8, 9, "make");
      ExecEvent event = event(record.encode());
      assertEquals(cpu, event.cpu());
      assertEquals(sequence, event.sequence());
      assertArrayEquals(comm, event.comm());
      assertArrayEquals(filename.length == 0 ? null : filename, event.filename());
      assertSame(env, event.envNames());
      assertSame(argv, event.argv());
      assertEquals(List.of(new Ancestor(7, 8, 9, "make")), event.ancestors());
    }
  }

  @Test
  void everyTruncationAndExtension_isMalformed() {
    ByteBuffer whole = sample().encode();
    for (int length = 0; length < whole.limit(); length++) {
      ByteBuffer cut = whole.duplicate().limit(length);
      assertThrows(MalformedRecordException.class, () -> event(cut));
    }
    ByteBuffer longer = ByteBuffer.allocate(whole.limit() + 1).put(whole.duplicate()).rewind();
    assertThrows(MalformedRecordException.class, () -> event(longer));
  }

  @Test
  void randomMutations_areMalformedOrConsistent() {
    Random random = new Random(2);
    byte[] whole = sample().encode().array();
    int good = 0;
    for (int i = 0; i < 20 * ROUNDS; i++) {
      byte[] mutated = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      try {
        touchEverything(event(ByteBuffer.wrap(mutated)));
        good++;
      } catch (MalformedRecordException e) {
        assertTrue(e.offset() < WireLayout.Event.LAYOUT.bytes());
      }
    }
    assertTrue(good > 0);
  }

  @Test
  void randomBytes_areMalformed() {
    Random random = new Random(3);
    for (int i = 0; i < 10 * ROUNDS; i++) {
      byte[] noise = randomBytes(random, 1000);
      assertThrows(MalformedRecordException.class, () -> event(ByteBuffer.wrap(noise)));
    }
  }

  private static ExecEvent event(ByteBuffer record) throws MalformedRecordException {
    return (ExecEvent) RingRecord.of(record);
  }

  private static WireRecord sample() {
    return WireRecord.exec(3, 17, 1_000)
        .comm("cc1")
        .filename("./cc1".getBytes(UTF_8))
        .interp("./cc1".getBytes(UTF_8))
        .exe("/usr/libexec/cc1")
        .cwd("/build")
        .cgroup("/system.slice/ci.service")
        .env(List.of("LD_PRELOAD".getBytes(UTF_8)))
        .argv("cc1", "-O2", "a.c")
        .ancestor(10, 20, 30, "cc")
        .ancestor(1, 0, 31, "init");
  }

  /** Calls what reads from the record, so that nothing reads outside of it. */
  private static void touchEverything(ExecEvent event) {
    for (byte[] path : new byte[][] {event.exe(), event.cwd(), event.cgroup()}) {
      assertTrue(path == null || path[0] == '/' || !event.faults().isEmpty());
    }
    event.exeName();
    event.filename();
    event.interp();
    event.envNames();
    event.argv();
    event.ancestors();
    event.comm();
    event.tty();
    event.faults();
    assertTrue(event.pid() >= 0 && event.bootNs() >= 0 && event.cpu() >= 0);
  }

  private static void assertText(String expected, byte[] actual) {
    assertEquals(expected, new String(actual, UTF_8));
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(texts(expected), texts(actual));
  }

  private static List<String> texts(List<byte[]> parts) {
    return parts.stream().map(part -> new String(part, ISO_8859_1)).toList();
  }

  private static List<byte[]> randomParts(Random random, int most) {
    List<byte[]> parts = new ArrayList<>();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      parts.add(randomBytes(random, 50));
    }
    return parts;
  }

  /** Bytes without NUL. */
  private static byte[] randomBytes(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (1 + random.nextInt(255));
    }
    return bytes;
  }
}
