// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final String CAPTURE = "4d1c";

  @TempDir Path dir;

  @Test
  void frames_comeBackInOrder() throws IOException {
    Random random = new Random(1);
    List<String> written = new ArrayList<>();
    Path file = dir.resolve("000007.spool");
    try (SpoolWriter writer = SpoolWriter.create(dir, 7, CAPTURE)) {
      for (int i = 0; i < 3_000; i++) {
        // Now and then one that is larger than the writer's buffer.
        byte[] payload = new byte[i % 1_000 == 999 ? 3 << 20 : random.nextInt(2_000)];
        random.nextBytes(payload);
        FrameKind kind = FrameKind.of((byte) (1 + i % 4));
        writer.append(kind, ByteBuffer.wrap(payload));
        written.add(kind + " " + Arrays.hashCode(payload));
      }
      assertEquals(3_000, writer.frames());
      writer.sync();
      assertEquals(Files.size(file), writer.bytes());
    }
    try (SpoolReader reader = SpoolReader.open(file)) {
      assertEquals(7, reader.header().orElseThrow().number());
      assertEquals(CAPTURE, reader.header().orElseThrow().captureId());
      List<String> read = new ArrayList<>();
      List<Long> places = new ArrayList<>();
      while (reader.next()) {
        read.add(reader.kind() + " " + hash(reader.payload()));
        places.add(reader.payloadAt());
      }
      assertEquals(written, read);
      assertEquals(
          new SpoolEnd(3_000, Files.size(file), 0, SpoolEnd.Reason.COMPLETE), reader.end());
      assertEquals(
          written.get(0), FrameKind.EVENT + " " + hash(reader.read(places.get(0), firstBytes())));
    }
  }

  @Test
  void file_isPrivate_andNeverOverwritten() throws IOException {
    SpoolWriter.create(dir, 1, CAPTURE).close();
    Path file = dir.resolve("000001.spool");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertThrows(FileAlreadyExistsException.class, () -> SpoolWriter.create(dir, 1, CAPTURE));
    Files.createSymbolicLink(dir.resolve("000002.spool"), dir.resolve("elsewhere"));
    assertThrows(FileAlreadyExistsException.class, () -> SpoolWriter.create(dir, 2, CAPTURE));
    assertTrue(Files.notExists(dir.resolve("elsewhere"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void link_isNotFollowed() throws IOException {
    SpoolWriter.create(dir, 1, CAPTURE).close();
    Path link = dir.resolve("000002.spool");
    Files.createSymbolicLink(link, dir.resolve("000001.spool"));
    assertThrows(IOException.class, () -> SpoolReader.open(link));
  }

  @Test
  void cutAnywhere_keepsTheWholeFrames() throws IOException {
    List<Long> ends = new ArrayList<>();
    byte[] whole = smallSpool(ends);
    for (int length = 0; length < whole.length; length++) {
      int cut = length;
      SpoolEnd end = end(Arrays.copyOf(whole, length));
      assertEquals(ends.stream().filter(at -> at <= cut).count() - 1, Math.max(-1, good(end)));
      assertEquals(length, end.goodBytes() + end.bytesAfter());
    }
  }

  @Test
  void everyBitFlip_isDetected() throws IOException {
    List<Long> ends = new ArrayList<>();
    byte[] whole = smallSpool(ends);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      int at = bit / 8;
      SpoolEnd end = end(flipped);
      assertEquals(ends.stream().filter(to -> to <= at).count() - 1, Math.max(-1, good(end)));
      assertTrue(end.bytesAfter() > 0);
    }
  }

  @Test
  void anythingBehind_isToldAndNeverThrows() throws IOException {
    byte[] whole = smallSpool(new ArrayList<>());
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[1 + random.nextInt(100)];
      if (i % 2 == 0) {
        random.nextBytes(noise);
      }
      SpoolEnd end = end(concat(whole, noise));
      assertEquals(whole.length, end.goodBytes());
      assertEquals(noise.length, end.bytesAfter());
      end(noise);
    }
    // The same frames once more are no continuation.
    int header = 20 + CAPTURE.length() + 4;
    SpoolEnd twice = end(concat(whole, Arrays.copyOfRange(whole, header, whole.length)));
    assertEquals(SpoolEnd.Reason.BAD_NUMBER, twice.reason());
  }

  @Test
  void payloads_comeBack() throws MalformedRecordException {
    LossFrame loss = new LossFrame(3, 9, 5, EventKind.EXEC, LossCause.SCRATCH_BUSY, 12);
    assertEquals(loss, LossFrame.decode(loss.encode()));
    ClockFrame clock = new ClockFrame(new ClockReading(1, 2, -3));
    assertEquals(clock, ClockFrame.decode(clock.encode()));
    CountersFrame counters =
        new CountersFrame(4, List.of(new CountersFrame.Count(1, EventKind.EXEC, 10, 9)));
    assertEquals(counters, CountersFrame.decode(counters.encode()));
  }

  @Test
  void payloads_thatAreNoise_areMalformedOrInRange() {
    Random random = new Random(5);
    byte[] counters =
        new CountersFrame(4, List.of(new CountersFrame.Count(1, EventKind.EXEC, 10, 9)))
            .encode()
            .array();
    byte[] loss =
        new LossFrame(3, 9, 5, EventKind.EXEC, LossCause.SCRATCH_BUSY, 12).encode().array();
    for (int i = 0; i < 100_000; i++) {
      byte[] noise = (i % 2 == 0 ? counters : loss).clone();
      noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      noise = Arrays.copyOf(noise, random.nextInt(4) == 0 ? random.nextInt(40) : noise.length);
      try {
        if (i % 2 == 0) {
          CountersFrame.decode(ByteBuffer.wrap(noise));
        } else {
          assertTrue(LossFrame.decode(ByteBuffer.wrap(noise)).count() > 0);
        }
      } catch (MalformedRecordException e) {
        assertTrue(e.getMessage().startsWith("offset"));
      }
    }
  }

  /** Frames in an end, or -1 when not even the header is good. */
  private static long good(SpoolEnd end) {
    return end.reason() == SpoolEnd.Reason.BAD_HEADER ? -1 : end.frames();
  }

  private byte[] smallSpool(List<Long> ends) throws IOException {
    Path small = Files.createTempDirectory(dir, "small");
    try (SpoolWriter writer = SpoolWriter.create(small, 1, CAPTURE)) {
      ends.add(writer.bytes());
      for (int i = 0; i < 6; i++) {
        writer.append(FrameKind.EVENT, UTF_8.encode("x".repeat(i * 5)));
        ends.add(writer.bytes());
      }
    }
    return Files.readAllBytes(small.resolve("000001.spool"));
  }

  private SpoolEnd end(byte[] content) throws IOException {
    Path file = Files.write(dir.resolve("content"), content);
    try (SpoolReader reader = SpoolReader.open(file)) {
      while (reader.next()) {
        reader.payload();
      }
      return reader.end();
    }
  }

  private static int firstBytes() {
    return new Random(1).nextInt(2_000);
  }

  private static int hash(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return Arrays.hashCode(bytes);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
