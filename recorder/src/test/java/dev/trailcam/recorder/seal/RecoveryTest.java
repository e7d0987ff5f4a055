// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.EndReason;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.seal.RecoveryOutcome.Ended;
import dev.trailcam.recorder.seal.RecoveryOutcome.Recovered;
import dev.trailcam.recorder.seal.RecoveryOutcome.Refused;
import dev.trailcam.recorder.spool.CountersFrame;
import dev.trailcam.recorder.spool.FrameKind;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.spool.SpoolWriter;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.ExecEvent;
import dev.trailcam.recorder.wire.WireRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  private static final int PER_FILE = 40;

  @TempDir Path dir;

  @Test
  void crashAnywhereInSealing_losesNothing() throws IOException {
    List<Recording> crashes = new ArrayList<>();
    Recording recording = threeSpoolFiles("live");
    try (ManifestAppender manifest = recording.manifest()) {
      crashes.add(crash(recording, crashes.size()));
      Sealer sealer =
          new Sealer(
              recording.directory,
              Recording.START,
              manifest,
              step -> crashes.add(crash(recording, crashes.size())));
      for (int number = 1; number <= 3; number++) {
        sealer.seal(recording.spoolFile(number));
      }
    }
    assertTrue(crashes.size() > 15);
    for (Recording crashed : crashes) {
      assertInstanceOf(Recovered.class, new Recovery(crashed.directory).run());
      assertWhole(crashed);
    }
  }

  @Test
  void crashAnywhereInRecovery_isJustAnotherCrash() throws IOException {
    Recording recording = threeSpoolFiles("live");
    recording.manifest().close();
    Files.writeString(recording.directory.resolve("exec-000001.parquet.tmp"), "half");
    Files.writeString(recording.directory.resolve("exec-000002.parquet"), "not acknowledged");
    List<Recording> crashes = new ArrayList<>();
    new Recovery(recording.directory, step -> crashes.add(crash(recording, crashes.size()))).run();
    assertWhole(recording);
    assertTrue(crashes.size() > 15);
    for (Recording crashed : crashes) {
      assertInstanceOf(Recovered.class, new Recovery(crashed.directory).run());
      assertWhole(crashed);
    }
  }

  @Test
  void recoveredCapture_isLeftAlone() throws IOException {
    Recording recording = threeSpoolFiles("live");
    recording.manifest().close();
    new Recovery(recording.directory).run();
    byte[] manifest = Files.readAllBytes(recording.directory.resolve(CaptureLayout.MANIFEST));
    assertEquals(new Ended("recovered"), new Recovery(recording.directory).run());
    assertEquals(
        new String(manifest, UTF_8),
        Files.readString(recording.directory.resolve(CaptureLayout.MANIFEST)));
  }

  @Test
  void tornSpool_atAnyByte_keepsWhatIsBeforeTheTear() throws IOException {
    Recording whole = recording("whole");
    long bytes = Files.size(whole.spool(1, 0, 0, 3));
    whole.manifest().close();
    // The last of the four is a duplicate.
    for (long cut = 0; cut < bytes; cut += 7) {
      Recording torn = whole.copyTo(dir.resolve("torn-" + cut));
      truncate(torn.spoolFile(1), cut);
      Recovered recovered = assertInstanceOf(Recovered.class, new Recovery(torn.directory).run());
      assertEquals(recovered.rows(), torn.executions().size());
      assertEquals(recovered.unreadableBytes() > 0, recovered.lost() > 0);
      assertTrue(recovered.rows() <= 3 && recovered.unreadableBytes() < bytes / 2);
      assertFilesAreListed(torn);
    }
  }

  @Test
  void executionsThatWereCountedAndAreNowhere_areLost() throws IOException {
    Recording recording = recording("counted");
    recording.manifest().close();
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 1, Recording.ID)) {
      writer.append(FrameKind.EVENT, Recording.exec(0, 0).encode());
      writer.append(FrameKind.EVENT, Recording.exec(0, 1).encode());
      writer.append(FrameKind.EVENT, Recording.exec(1, 0).encode());
      writer.append(
          FrameKind.LOSS, new LossFrame(5, 6, 1, EventKind.EXEC, LossCause.RING_FULL, 2).encode());
      writer.append(
          FrameKind.LOSS,
          new LossFrame(5, 6, 1, EventKind.EXEC, LossCause.UNTRACKED_FORK, 50).encode());
      List<CountersFrame.Count> counted =
          List.of(
              new CountersFrame.Count(0, EventKind.EXEC, 9, 9),
              new CountersFrame.Count(1, EventKind.EXEC, 3, 1));
      writer.append(FrameKind.COUNTERS, new CountersFrame(7, counted).encode());
    }
    Recovered recovered =
        assertInstanceOf(Recovered.class, new Recovery(recording.directory).run());
    assertEquals(3, recovered.rows());
    assertEquals(
        Map.of("ring_full", 2L, "untracked_fork", 50L, "spool_damaged", 7L), recovered.losses());
    ManifestEntry.End end = recording.read().end().orElseThrow();
    assertEquals(recovered.losses(), end.losses());
    assertEquals(3, end.recorded());
  }

  @Test
  void parents_areRememberedFromSegments() throws IOException {
    Recording recording = recording("family");
    Path first = recording.spool(1, 0, 1, 1);
    try (ManifestAppender manifest = recording.manifest()) {
      new Sealer(recording.directory, Recording.START, manifest).seal(first);
    }
    try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), 2, Recording.ID)) {
      WireRecord child = Recording.exec(0, 2).ancestor(101, 1, ExecEvent.image(0, 1), "cc");
      writer.append(FrameKind.EVENT, child.encode());
    }
    new Recovery(recording.directory).run();
    assertEquals(
        "/usr/bin/cc",
        recording.rows(Table.EXECS, row -> (byte[]) row.get(ExecColumn.PARENT_EXE)).stream()
            .skip(1)
            .map(bytes -> new String(bytes, UTF_8))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void captureThatIsStillRecorded_isRefused() throws IOException {
    Recording recording = threeSpoolFiles("live");
    ManifestAppender recorder = recording.manifest();
    try (recorder) {
      List<String> before = recording.files();
      Refused refused = assertInstanceOf(Refused.class, new Recovery(recording.directory).run());
      assertTrue(refused.why().endsWith("is still being recorded"));
      assertEquals(before, recording.files());
    }
  }

  @Test
  void linksAndForeignFiles_areLeftAlone() throws IOException {
    Recording recording = recording("links");
    recording.manifest().close();
    Path elsewhere = Files.writeString(dir.resolve("elsewhere"), "keep");
    Files.createSymbolicLink(recording.spoolFile(1), elsewhere);
    Files.createSymbolicLink(recording.directory.resolve("exec-000009.parquet.tmp"), elsewhere);
    Files.writeString(recording.directory.resolve("exec-000009.parquet"), "foreign");
    Files.writeString(recording.directory.resolve("notes.tmp"), "foreign");
    assertInstanceOf(Recovered.class, new Recovery(recording.directory).run());
    assertEquals("keep", Files.readString(elsewhere));
    assertEquals(
        List.of(
            "exec-000009.parquet",
            "exec-000009.parquet.tmp",
            "manifest.jsonl",
            "notes.tmp",
            "spool/000001.spool"),
        recording.files());
  }

  @Test
  void damagedManifest_isRefused() throws IOException {
    Recording recording = threeSpoolFiles("damaged");
    assertInstanceOf(Refused.class, new Recovery(recording.directory).run());
    recording.manifest().close();
    Files.writeString(
        recording.directory.resolve(CaptureLayout.MANIFEST),
        "nonsense\n",
        StandardOpenOption.APPEND);
    List<String> before = recording.files();
    assertInstanceOf(Refused.class, new Recovery(recording.directory).run());
    assertEquals(before, recording.files());
  }

  private Recording recording(String name) throws IOException {
    return Recording.start(Files.createDirectory(dir.resolve(name)));
  }

  private Recording threeSpoolFiles(String name) throws IOException {
    Recording recording = recording(name);
    for (int number = 1; number <= 3; number++) {
      try (SpoolWriter writer = SpoolWriter.create(recording.spoolDir(), number, Recording.ID)) {
        for (int i = 0; i < PER_FILE; i++) {
          int sequence = (number - 1) * PER_FILE + i;
          writer.append(FrameKind.EVENT, Recording.exec(0, sequence).encode());
        }
        writer.append(
            FrameKind.LOSS,
            new LossFrame(number, number, 1, EventKind.EXEC, LossCause.RING_FULL, number).encode());
      }
    }
    return recording;
  }

  private Recording crash(Recording recording, int number) throws IOException {
    return recording.copyTo(dir.resolve("crash-" + number));
  }

  private static void assertWhole(Recording recording) throws IOException {
    List<String> executions = recording.executions();
    assertEquals(3 * PER_FILE, executions.size());
    assertEquals(3 * PER_FILE, new TreeSet<>(executions).size());
    Manifest manifest = recording.read();
    assertEquals(List.of(), manifest.problems());
    ManifestEntry.End end = manifest.end().orElseThrow();
    assertEquals(EndReason.RECOVERED.id(), end.reason());
    assertEquals(3 * PER_FILE, end.recorded());
    assertEquals(Map.of("ring_full", 6L), end.losses());
    assertFilesAreListed(recording);
  }

  /** No file that is not in the manifest, none that is not as the manifest says. */
  private static void assertFilesAreListed(Recording recording) throws IOException {
    TreeSet<String> listed = new TreeSet<>(List.of(CaptureLayout.MANIFEST));
    for (Segment segment : recording.read().segments()) {
      Path file = recording.directory.resolve(segment.file());
      assertEquals(segment.bytes(), Files.size(file));
      assertEquals(segment.sha256(), Sha256.of(Files.readAllBytes(file)));
      listed.add(segment.file());
    }
    assertEquals(List.copyOf(listed), recording.files());
  }

  private static void truncate(Path file, long bytes) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, (int) bytes));
  }
}
