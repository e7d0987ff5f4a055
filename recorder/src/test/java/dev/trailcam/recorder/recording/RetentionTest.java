// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed, and above all what is not. */
final class RetentionTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final ClockReading NOW = new ClockReading(100 * HOUR, 100 * HOUR, 1_000 * HOUR);

  @TempDir private Path store;
  private Path capture;

  @BeforeEach
  void begin() throws IOException {
    capture = Files.createDirectory(store.resolve("current"));
  }

  @Test
  void whatIsOlderThanItsAge_isRemovedAndItsLinesStay() throws IOException {
    try (ManifestAppender manifest = ManifestAppender.create(capture, Starts.minimal("current"))) {
      List<Segment> sealed =
          List.of(
              seal(manifest, capture, "exec", 1, 10, 90 * HOUR),
              seal(manifest, capture, "exit", 1, 10, 90 * HOUR),
              seal(manifest, capture, "exec", 2, 10, 99 * HOUR));
      Keeping keeping = keeping(Optional.of(Duration.ofHours(5)), Optional.empty());
      retention(keeping, manifest).apply(sealed, NOW);
    }
    assertEquals(List.of("exec-000002.parquet", "manifest.jsonl"), files(capture));
    Manifest manifest = Manifest.read(capture.resolve("manifest.jsonl"));
    assertEquals(List.of(), manifest.problems());
    assertEquals(3, manifest.segments().size());
    assertEquals(Set.of("exec-000001.parquet", "exit-000001.parquet"), manifest.expired());
  }

  @Test
  void aboveItsSize_theOldestGoesFirstAndWholeSpoolFilesTogether() throws IOException {
    try (ManifestAppender manifest = ManifestAppender.create(capture, Starts.minimal("current"))) {
      List<Segment> sealed =
          List.of(
              seal(manifest, capture, "exit", 1, 30, 90 * HOUR),
              seal(manifest, capture, "exec", 1, 30, 90 * HOUR),
              seal(manifest, capture, "exec", 2, 30, 91 * HOUR),
              seal(manifest, capture, "exec", 3, 30, 92 * HOUR));
      Retention retention = retention(keeping(Optional.empty(), Optional.of(100L)), manifest);
      retention.apply(sealed, NOW);
      assertEquals(
          List.of("exec-000002.parquet", "exec-000003.parquet", "manifest.jsonl"), files(capture));
      // Once more is once too often.
      retention.apply(sealed, NOW);
    }
    assertEquals(
        1,
        Manifest.read(capture.resolve("manifest.jsonl")).removals().size(),
        "one line is enough");
  }

  @Test
  void capturesThatHaveEnded_goBeforeTheCurrentOne() throws IOException {
    Path older = ended("older", 900 * HOUR, 50);
    Path newer = ended("newer", 950 * HOUR, 50);
    try (ManifestAppender manifest = ManifestAppender.create(capture, Starts.minimal("current"))) {
      List<Segment> sealed = List.of(seal(manifest, capture, "exec", 1, 30, 90 * HOUR));
      retention(keeping(Optional.empty(), Optional.of(100L)), manifest).apply(sealed, NOW);
    }
    assertFalse(Files.exists(older));
    assertTrue(Files.exists(newer));
    assertEquals(List.of("exec-000001.parquet", "manifest.jsonl"), files(capture));
  }

  @Test
  void whatIsNotSealed_isNeverRemoved() throws IOException {
    Path died = Files.createDirectory(store.resolve("died"));
    try (ManifestAppender manifest = ManifestAppender.create(died, Starts.minimal("died"))) {
      seal(manifest, died, "exec", 1, 1_000, HOUR);
    }
    Path spooled = ended("spooled", HOUR, 1_000);
    Files.createDirectory(spooled.resolve("spool"));
    Files.writeString(spooled.resolve("spool/000002.spool"), "not sealed");
    Path damaged = ended("damaged", HOUR, 1_000);
    Files.writeString(damaged.resolve("manifest.jsonl"), "x\n", StandardOpenOption.APPEND);
    Path link = Files.createSymbolicLink(store.resolve("link"), spooled);
    Path stranger = Files.writeString(store.resolve("stranger"), "no capture");

    try (ManifestAppender manifest = ManifestAppender.create(capture, Starts.minimal("current"))) {
      Keeping keeping = keeping(Optional.of(Duration.ofHours(1)), Optional.of(1L));
      retention(keeping, manifest).apply(List.of(), NOW);
    }
    assertEquals(List.of("exec-000001.parquet", "manifest.jsonl"), files(died));
    assertEquals(List.of("exec-000001.parquet", "manifest.jsonl"), files(spooled));
    assertEquals(List.of("exec-000001.parquet", "manifest.jsonl"), files(damaged));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.exists(stranger));
  }

  @Test
  void whatNoManifestLists_isLeftAlone() throws IOException {
    Path older = ended("older", HOUR, 50);
    Path note = Files.writeString(older.resolve("note.txt"), "keep");
    try (ManifestAppender manifest = ManifestAppender.create(capture, Starts.minimal("current"))) {
      Keeping keeping = keeping(Optional.of(Duration.ofHours(1)), Optional.empty());
      retention(keeping, manifest).apply(List.of(), NOW);
    }
    assertTrue(Files.exists(note));
  }

  private Retention retention(Keeping keeping, ManifestAppender manifest) {
    return new Retention(keeping, new OldCaptures(capture, removed -> {}), capture, manifest);
  }

  private static Keeping keeping(Optional<Duration> age, Optional<Long> bytes) {
    return new Keeping(Keeping.DEFAULT_SEGMENT_EVERY, Keeping.DEFAULT_SEGMENT_BYTES, age, bytes);
  }

  private Path ended(String name, long realNs, int bytes) throws IOException {
    Path directory = Files.createDirectory(store.resolve(name));
    try (ManifestAppender manifest = ManifestAppender.create(directory, Starts.minimal(name))) {
      seal(manifest, directory, "exec", 1, bytes, HOUR);
      manifest.append(
          new ManifestEntry.End(
              "signal", null, 1L, 1, Map.of(), Map.of(), new ClockReading(1, 1, realNs), null));
    }
    return directory;
  }

  private static Segment seal(
      ManifestAppender manifest, Path directory, String table, int number, int bytes, long bootNs)
      throws IOException {
    String file = String.format(Locale.ROOT, "%s-%06d.parquet", table, number);
    Files.write(directory.resolve(file), new byte[bytes]);
    Segment segment =
        new Segment(
            table,
            file,
            bytes,
            "ab".repeat(32),
            1,
            bootNs,
            bootNs,
            List.of(),
            Map.of(),
            null,
            number + ".spool",
            new ClockReading(bootNs, bootNs, bootNs),
            null);
    manifest.append(segment);
    return segment;
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
