// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.LossColumn;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.AncestorEntry;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.spool.ClockFrame;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.spool.SpoolWriter;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.WireRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
  @TempDir Path dir;
  private Recording recording;

  @BeforeEach
  void start() throws IOException {
    recording = Recording.start(dir);
  }

  @Test
  void executions_areSortedAndCountedOnce() throws IOException {
    Path spool = recording.spool(1, 1, 0, 500);
    try (ManifestAppender manifest = recording.manifest()) {
      Sealer sealer = new Sealer(dir, Recording.START, manifest);
      assertEquals(500, sealer.seal(spool).rows());
      assertEquals(500, sealer.totalRows());
      assertEquals(Map.of(), sealer.totalLosses());
    }
    List<String> executions = recording.executions();
    assertEquals("1:0", executions.get(0));
    assertEquals("1:499", executions.get(499));
    assertEquals(List.of("exec-000001.parquet", "manifest.jsonl"), recording.files());
    Segment segment = recording.read().segments().get(0);
    assertEquals(List.of(new SequenceRange(1, 0, 499, 500)), segment.sequences());
    assertEquals("000001.spool", segment.spool());
    assertEquals(1_000_001, segment.firstBootNs());
  }

  @Test
  void numbersOfLostRecords_areCovered() throws IOException {
    try (ManifestAppender manifest = recording.manifest()) {
      Sealer sealer = new Sealer(dir, Recording.START, manifest);
      sealer.seal(recording.spool(1, 0, 0, 10));
      sealer.seal(recording.spool(2, 0, 15, 10));
    }
    List<Segment> segments = recording.read().segments();
    assertEquals(List.of(new SequenceRange(0, 10, 24, 10)), segments.get(1).sequences());
  }

  @Test
  void losses_areRowsOfTheirOwn() throws IOException {
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 1, Recording.ID)) {
      LossFrame loss = new LossFrame(2_000, 3_000, 1, EventKind.EXEC, LossCause.RING_FULL, 7);
      writer.append(FrameKind.LOSS, loss.encode());
      writer.append(FrameKind.LOSS, loss.encode());
    }
    try (ManifestAppender manifest = recording.manifest()) {
      Sealer sealer = new Sealer(dir, Recording.START, manifest);
      assertEquals(Map.of("ring_full", 14L), sealer.seal(recording.spoolFile(1)).losses());
      assertEquals(Map.of("ring_full", 14L), sealer.totalLosses());
    }
    assertEquals(
        List.of("7 2000 5002", "7 2000 5002"),
        recording.rows(
            Table.LOSSES,
            row ->
                row.get(LossColumn.COUNT)
                    + " "
                    + row.get(LossColumn.FROM_BOOT_NS)
                    + " "
                    + row.get(LossColumn.TO_TS)));
    assertEquals(List.of("loss-000001.parquet", "manifest.jsonl"), recording.files());
  }

  @Test
  void family_isResolvedAcrossSpoolFiles() throws IOException {
    long make = 0;
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 1, Recording.ID)) {
      writer.append(
          FrameKind.EVENT, WireRecord.process(99, 1).exe("/sbin/init").argv("init").encode());
      writer.append(
          FrameKind.EVENT,
          WireRecord.exec(0, make, 2_000).exe("/usr/bin/make").argv("make", "all").encode());
    }
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 2, Recording.ID)) {
      writer.append(
          FrameKind.EVENT,
          WireRecord.exec(0, 6, 3_000)
              .exe("/usr/bin/cc")
              .argv("cc")
              .ancestor(7, 70, ExecEvent.image(0, make), "make")
              .ancestor(8, 80, 12_345, "sh")
              .ancestor(1, 10, 99, "init")
              .encode());
    }
    try (ManifestAppender manifest = recording.manifest()) {
      Sealer sealer = new Sealer(dir, Recording.START, manifest);
      sealer.seal(recording.spoolFile(1));
      sealer.seal(recording.spoolFile(2));
    }
    assertEquals(
        List.of("null null", "/usr/bin/make [make, all]"),
        recording.rows(
            Table.EXECS,
            row -> text(row.get(ExecColumn.PARENT_EXE)) + " " + row(row, ExecColumn.PARENT_ARGV)));
    assertEquals(
        List.of(
            new AncestorEntry(7, 70, "make", "/usr/bin/make"),
            new AncestorEntry(8, 80, "sh", null),
            new AncestorEntry(1, 10, "init", "/sbin/init")),
        recording.rows(Table.EXECS, row -> row.get(ExecColumn.ANCESTORS)).get(1));
  }

  @Test
  void wallClock_isThatOfTheLastReadingBefore() throws IOException {
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 1, Recording.ID)) {
      for (long bootNs : new long[] {2_000, 10_000, 10_999, 20_000}) {
        writer.append(FrameKind.EVENT, WireRecord.exec(0, bootNs, bootNs).encode());
      }
      // Set back by a lot: the times before 1970 are what the clock said.
      ClockReading step = new ClockReading(10_000, 10_000, -90_001);
      writer.append(FrameKind.CLOCK, new ClockFrame(step).encode());
    }
    try (ManifestAppender manifest = recording.manifest()) {
      new Sealer(dir, Recording.START, manifest).seal(recording.spoolFile(1));
    }
    assertEquals(
        List.of(5_001L, -91L, -90L, -81L),
        recording.rows(Table.EXECS, row -> (Long) row.get(ExecColumn.TS)));
  }

  @Test
  void damage_isALossToo() throws IOException {
    Path spool = recording.spool(1, 0, 0, 100);
    byte[] bytes = Files.readAllBytes(spool);
    bytes[bytes.length / 2] ^= 1;
    Files.write(spool, bytes);
    try (ManifestAppender manifest = recording.manifest()) {
      SealedSpool sealed = new Sealer(dir, Recording.START, manifest).seal(spool);
      assertTrue(sealed.rows() > 40 && sealed.rows() < 60);
      assertTrue(sealed.end().bytesAfter() > 0);
      assertEquals(Map.of("spool_damaged", 1L), sealed.losses());
    }
    assertEquals(List.of(-1), recording.rows(Table.LOSSES, row -> row.get(LossColumn.CPU)));
  }

  @Test
  void recordThatMakesNoSense_isALoss() throws IOException {
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 1, Recording.ID)) {
      writer.append(FrameKind.EVENT, UTF_8.encode("nonsense"));
      writer.append(FrameKind.EVENT, Recording.exec(0, 1).encode());
    }
    try (ManifestAppender manifest = recording.manifest()) {
      SealedSpool sealed = new Sealer(dir, Recording.START, manifest).seal(recording.spoolFile(1));
      assertEquals(1, sealed.rows());
      assertEquals(Map.of("spool_damaged", 1L), sealed.losses());
    }
  }

  @Test
  void spoolOfAnotherCapture_isNotTakenForOurs() throws IOException {
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 1, "another")) {
      writer.append(FrameKind.EVENT, Recording.exec(0, 1).encode());
    }
    try (ManifestAppender manifest = recording.manifest()) {
      SealedSpool sealed = new Sealer(dir, Recording.START, manifest).seal(recording.spoolFile(1));
      assertEquals(0, sealed.rows());
      assertEquals(Map.of("spool_damaged", 1L), sealed.losses());
    }
  }

  @Test
  void fileThatIsInTheWay_isNotOverwritten() throws IOException {
    Path inTheWay = Files.writeString(dir.resolve("exec-000001.parquet"), "evidence");
    Path spool = recording.spool(1, 0, 0, 3);
    try (ManifestAppender manifest = recording.manifest()) {
      Sealer sealer = new Sealer(dir, Recording.START, manifest);
      assertThrows(FileAlreadyExistsException.class, () -> sealer.seal(spool));
    }
    assertEquals("evidence", Files.readString(inTheWay));
    assertTrue(Files.exists(spool));
    assertEquals(List.of(), recording.read().segments());
  }

  private static String row(Row row, ExecColumn column) {
    List<?> texts = (List<?>) row.get(column);
    return texts == null ? "null" : texts.stream().map(SealerTest::text).toList().toString();
  }

  private static String text(Object bytes) {
    return bytes == null ? "null" : new String((byte[]) bytes, UTF_8);
  }
}
