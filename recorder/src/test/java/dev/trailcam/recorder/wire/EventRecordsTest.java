// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The records that are no executions. */
final class EventRecordsTest {
  private static final int ROUNDS = 30_000;

  @Test
  void exitByStatus_hasACode() throws MalformedRecordException {
    ProcessExit exit = (ProcessExit) RingRecord.of(exit(7 << 8).encode());
    assertEquals(7, exit.code());
    assertNull(exit.signal());
    assertFalse(exit.coreDumped());
  }

  @Test
  void exitBySignal_hasNone() throws MalformedRecordException {
    ProcessExit exit = (ProcessExit) RingRecord.of(exit(11 | 0x80).encode());
    assertNull(exit.code());
    assertEquals(11, exit.signal());
    assertTrue(exit.coreDumped());
  }

  @Test
  void processorTime_isSplitAsTheTicksSawIt() throws MalformedRecordException {
    WireRecord record = exit(0).number("run_ns", 1_000);
    ProcessExit exit =
        (ProcessExit) RingRecord.of(record.number("user_ns", 3).number("system_ns", 1).encode());
    assertEquals(750, exit.userCpuNs());
    assertEquals(250, exit.systemCpuNs());
    ProcessExit short_ =
        (ProcessExit) RingRecord.of(record.number("user_ns", 0).number("system_ns", 0).encode());
    assertEquals(1_000, short_.userCpuNs());
    assertEquals(0, short_.systemCpuNs());
  }

  @Test
  void etherType_isReadInTheOrderOfTheNetwork() throws MalformedRecordException {
    short all = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? (short) 0x0300 : 3;
    RawSocket packet =
        (RawSocket) RingRecord.of(WireRecord.socket(1, 5).number("protocol", all).encode());
    assertEquals(3, packet.protocol());
    RawSocket tcp =
        (RawSocket)
            RingRecord.of(
                WireRecord.socket(1, 5).number("family", 2).number("protocol", 6).encode());
    assertEquals(6, tcp.protocol());
  }

  @Test
  void emptyFileName_isEmptyAndUnreadableOneIsNotKnown() throws MalformedRecordException {
    FailedExec empty = (FailedExec) RingRecord.of(WireRecord.failed(1, 5).encode());
    assertEquals(0, empty.filename().length);
    int fault = ReadFault.FILENAME.bit() | ReadFault.ARGV.bit();
    FailedExec unread =
        (FailedExec) RingRecord.of(WireRecord.failed(1, 5).number("faults", fault).encode());
    assertNull(unread.filename());
    assertNull(unread.argv());
  }

  @Test
  void mutations_areMalformedOrCanBeReadToTheEnd() {
    Random random = new Random(11);
    List<byte[]> whole =
        List.of(
            exit(0).encode().array(),
            WireRecord.socket(1, 5).encode().array(),
            WireRecord.failed(1, 5)
                .filename("x".getBytes(UTF_8))
                .cwd("/build")
                .argv("x", "y")
                .encode()
                .array());
    int good = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] mutated = whole.get(i % whole.size()).clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      mutated = random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(200)) : mutated;
      try {
        touch(RingRecord.of(ByteBuffer.wrap(mutated)));
        good++;
      } catch (MalformedRecordException e) {
        assertTrue(e.offset() >= 0);
      }
    }
    assertTrue(good > 0);
  }

  private static void touch(RingRecord record) {
    record.comm();
    record.faults();
    if (record instanceof FailedExec failed) {
      failed.filename();
      failed.cwd();
      failed.argv();
      assertTrue(failed.errno() > 0);
    } else if (record instanceof ProcessExit exit) {
      assertTrue(exit.userCpuNs() >= 0 && exit.systemCpuNs() >= 0);
      assertTrue((exit.code() == null) != (exit.signal() == null));
    } else if (record instanceof RawSocket socket) {
      socket.action().id();
      socket.protocol();
    }
  }

  private static WireRecord exit(int status) {
    return WireRecord.exit(1, 5).number("status", status);
  }
}
