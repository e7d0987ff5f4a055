// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompactionTest {
  private static final String HASH = "ab".repeat(32);
  private static final CompactionEntry.Start START =
      new CompactionEntry.Start(1, "trailcam test", "an engine", "day", "2026-11-22", null);
  private static final CompactionEntry.Parquet FILE =
      new CompactionEntry.Parquet("exec", "exec-000001.parquet", 4_711, HASH, 10, 1, null);
  private static final CompactionEntry.End END = new CompactionEntry.End(1, 1, 0, 10, null);
  private static final CompactionEntry.Part PART =
      new CompactionEntry.Part("exec-000001.parquet", "exec-000001.parquet", 0, 10, HASH);

  @TempDir Path directory;
  private String manifest;

  @BeforeEach
  void writeManifest() throws IOException {
    Path capture = Files.createDirectory(directory.resolve("capture"));
    ClockReading clock = new ClockReading(5_000, 4_000, 1_795_320_180_000_000_000L);
    try (ManifestAppender appender =
        ManifestAppender.create(
            capture,
            new ManifestEntry.Start(
                1,
                "one",
                "t",
                "h",
                "b",
                null,
                null,
                "k",
                "a",
                CiContext.NONE,
                "command",
                List.of("\u001b\n\u00e9"),
                1,
                1,
                1,
                null,
                null,
                clock,
                null))) {
      appender.append(
          new ManifestEntry.Segment(
              "exec",
              "exec-000001.parquet",
              99,
              HASH,
              10,
              1,
              2,
              List.of(),
              Map.of(),
              null,
              "s",
              clock,
              null));
    }
    manifest = Files.readString(capture.resolve(CaptureLayout.MANIFEST));
  }

  @Test
  void everyLine_isReadBack() throws IOException {
    Compaction compaction = written(START, FILE, original(PART), END);
    assertEquals(List.of(), compaction.problems());
    assertEquals(1, compaction.files().size());
    Compaction.Original original = compaction.originals().get(0);
    assertEquals(List.of(PART), original.parts());
    assertEquals(Manifest.read(directory.resolve("capture/manifest.jsonl")), original.manifest());
    assertTrue(compaction.end().isPresent());
  }

  @Test
  void linesThatCannotBe_endTheReading() throws IOException {
    refused("is a second start line", START, START);
    refused("names exec-000001.parquet a second time", START, FILE, FILE);
    refused("names a file that is none", START, file("exec", "../exec-000001.parquet", 1));
    refused("a file of another table", START, file("exit", "exec-000001.parquet", 1));
    refused("counts that cannot be", START, file("exec", "exec-000001.parquet", 0));
    refused("puts a segment where there is none", START, original(PART));
    refused("has not the SHA-256 it names", START, FILE, original("one", HASH, PART));
    refused("the manifest of another", START, FILE, original("two", Sha256.of(manifest), PART));
    refused("or one a second time", START, FILE, original(PART), original());
    refused(
        "a second time", START, file("exec", "exec-000001.parquet", 2), original(PART, part(1)));
    refused("which is not its own", START, FILE, original(part(1)));
    refused("which is not its own", START, FILE, original(part(-1)));
    refused("rows, its manifest says 10", START, FILE, original(rows(9)));
    refused(
        "does not count", START, FILE, original(PART), new CompactionEntry.End(1, 2, 0, 10, null));
    refused("does not count", START, FILE, original(), END);
    refused("comes after the end line", START, FILE, original(PART), END, END);
  }

  @Test
  void strangeFirstLine_isAnError() throws IOException {
    IOException newer =
        assertThrows(
            IOException.class,
            () -> written(new CompactionEntry.Start(2, "t", "e", "day", "2026-11-22", null)));
    assertTrue(newer.getMessage().contains("use a newer trailcam"), newer.getMessage());
    Files.writeString(directory.resolve(CompactionLayout.JOURNAL), "");
    assertThrows(
        IOException.class, () -> Compaction.read(directory.resolve(CompactionLayout.JOURNAL)));
    assertThrows(
        FileAlreadyExistsException.class, () -> CompactionAppender.create(directory, START));
  }

  private static CompactionEntry.Parquet file(String table, String name, int parts) {
    return new CompactionEntry.Parquet(table, name, 1, HASH, 10, parts, null);
  }

  private static CompactionEntry.Part part(int number) {
    return new CompactionEntry.Part(PART.segment(), PART.file(), number, 10, HASH);
  }

  private static CompactionEntry.Part rows(long rows) {
    return new CompactionEntry.Part(PART.segment(), PART.file(), 0, rows, HASH);
  }

  private CompactionEntry.Original original(CompactionEntry.Part... parts) {
    return original("one", Sha256.of(manifest), parts);
  }

  private CompactionEntry.Original original(
      String id, String sha256, CompactionEntry.Part... parts) {
    return new CompactionEntry.Original(id, "name", sha256, manifest, List.of(parts), null);
  }

  private void refused(String why, CompactionEntry.Start start, CompactionEntry... lines)
      throws IOException {
    Compaction compaction = written(start, lines);
    assertEquals(1, compaction.problems().size(), why);
    assertEquals(lines.length + 1, compaction.problems().get(0).line(), why);
    String message = compaction.problems().get(0).message();
    assertTrue(message.contains(why), message);
  }

  private Compaction written(CompactionEntry.Start start, CompactionEntry... lines)
      throws IOException {
    Path journal = directory.resolve(CompactionLayout.JOURNAL);
    Files.deleteIfExists(journal);
    try (CompactionAppender appender = CompactionAppender.create(directory, start)) {
      for (CompactionEntry line : lines) {
        appender.append(line);
      }
    }
    return Compaction.read(journal);
  }
}
