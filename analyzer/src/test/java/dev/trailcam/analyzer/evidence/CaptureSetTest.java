// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSetTest {
  @TempDir Path temp;

  @Test
  void goodCapture_isWhole() {
    Path capture = two("good");
    CaptureSet set = open(capture);
    assertTrue(set.whole(), () -> set.allProblems().toString());
    assertEquals(2, set.captures().get(0).segments().size());
  }

  @Test
  void truncatedSegment_isNamedAtEveryOffset() throws IOException {
    Path capture = two("c");
    Path segment = capture.resolve("exec-000001.parquet");
    byte[] bytes = Files.readAllBytes(segment);
    for (int size : new int[] {0, 1, 3, 4, 8, bytes.length / 2, bytes.length - 1}) {
      Files.write(segment, Arrays.copyOf(bytes, size));
      CaptureSet set = open(capture);
      assertEquals(
          List.of(
              new EvidenceProblem(
                  segment.toString(),
                  Kind.SEGMENT_RESIZED,
                  "is truncated: the manifest says "
                      + bytes.length
                      + " bytes, the file has "
                      + size)),
          set.allProblems());
      assertEquals(1, set.captures().get(0).segments().size());
    }
  }

  @Test
  void whatIsNoSegmentFile_isNamed() throws IOException, InterruptedException {
    Path missing = two("missing");
    Files.delete(missing.resolve("exec-000002.parquet"));
    Path foreign = two("foreign");
    Files.copy(foreign.resolve("exec-000001.parquet"), foreign.resolve("exec-000003.parquet"));
    Path linked = two("linked");
    Files.delete(linked.resolve("exec-000001.parquet"));
    Files.createSymbolicLink(
        linked.resolve("exec-000001.parquet"), foreign.resolve("exec-000001.parquet"));
    Path pipe = two("pipe");
    Files.delete(pipe.resolve("exec-000001.parquet"));
    assertEquals(0, new ProcessBuilder("mkfifo", pipe + "/exec-000001.parquet").start().waitFor());
    Path stray = Files.writeString(temp.resolve("exec-000009.parquet"), "x");

    assertEquals(
        List.of(
            stray + " foreign_file",
            foreign + "/exec-000003.parquet foreign_file",
            linked + "/exec-000001.parquet segment_not_a_file",
            missing + "/exec-000002.parquet segment_missing",
            pipe + "/exec-000001.parquet segment_not_a_file"),
        kinds(open(temp)));
  }

  @Test
  void manifest_isUsedUpToItsFirstBrokenLine() throws IOException {
    Path capture = two("c");
    Path manifest = capture.resolve("manifest.jsonl");
    String text = Files.readString(manifest);
    String[] lines = text.split("\n", -1);
    Files.writeString(manifest, lines[0] + "\n" + lines[1] + "\n" + lines[2].substring(0, 40));
    CaptureSet torn = open(capture);
    assertEquals(
        List.of(
            capture + "/exec-000002.parquet foreign_file",
            capture + "/manifest.jsonl manifest_damaged"),
        kinds(torn));
    assertEquals(1, torn.captures().get(0).segments().size());

    Files.writeString(manifest, lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n");
    assertEquals(List.of(capture + "/manifest.jsonl unfinished"), kinds(open(capture)));

    Files.writeString(manifest, lines[0] + "\n" + lines[2] + "\n" + lines[3] + "\n");
    assertTrue(kinds(open(capture)).contains(capture + "/manifest.jsonl manifest_damaged"));

    Files.writeString(manifest, "not json\n");
    assertEquals(List.of(capture + "/manifest.jsonl manifest_unreadable"), kinds(open(capture)));
  }

  @Test
  void endOfTheRecording_isHeldAgainstIt() throws IOException {
    CaptureFixture.at(temp.resolve("died")).exec("/bin/ls", "ls").withoutEnd().write();
    CaptureFixture.at(temp.resolve("failed")).exec("/bin/ls", "ls").endReason("failed").write();
    CaptureFixture.at(temp.resolve("lossy")).exec("/bin/ls", "ls").lost(2).write();
    Path unsealed = CaptureFixture.at(temp.resolve("unsealed")).exec("/bin/ls", "ls").write();
    Files.createDirectory(unsealed.resolve("spool"));
    Files.writeString(unsealed.resolve("spool/000002.spool"), "12345");
    CaptureSet set = open(temp);
    assertEquals(
        List.of(
            temp + "/died/manifest.jsonl unfinished",
            temp + "/failed/manifest.jsonl ended_badly",
            temp + "/lossy/manifest.jsonl rows_lost",
            temp + "/unsealed/spool not_sealed"),
        kinds(set));
    assertEquals(
        "holds 5 bytes that were not sealed; run: trailcam recover " + unsealed,
        set.allProblems().get(3).message());
  }

  @Test
  void droppedSegment_showsAsGapAndInTheCounts() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .nextSegment()
            .exec("/bin/ls", "ls")
            .nextSegment()
            .exec("/bin/ls", "ls")
            .droppingSegment(2)
            .write();
    assertEquals(
        List.of(
            capture + "/manifest.jsonl gap",
            capture + "/manifest.jsonl counts_disagree",
            capture + "/manifest.jsonl counts_disagree"),
        kinds(open(capture)));
  }

  @Test
  void lossesOfOtherEvents_areHeldAgainstIt() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .event(Table.EXITS, Map.of())
            .lost(Table.EXITS, 3)
            .lost(Table.RAW_SOCKETS, 2)
            .write();
    CaptureSet set = open(capture);
    assertEquals(
        List.of(
            new EvidenceProblem(
                capture + "/manifest.jsonl",
                Kind.ROWS_LOST,
                "the recorder counted events it lost: 3 (exits), 2 (raw_sockets)")),
        set.allProblems());
    assertEquals(Map.of("exits", 3L, "raw_sockets", 2L), set.captures().get(0).lostEvents());
    assertEquals(0, set.captures().get(0).lost());

    Path died = CaptureFixture.at(temp.resolve("died")).lost(Table.EXITS, 4).withoutEnd().write();
    assertEquals(
        List.of(died + "/manifest.jsonl unfinished", died + "/manifest.jsonl rows_lost"),
        kinds(open(died)));
    assertEquals(4, open(died).captures().get(0).lostEventsTotal());
  }

  @Test
  void booksOfOtherEvents_areCheckedAsThoseOfExecutions() {
    assertEquals(
        List.of("says 2 rows of exits were recorded, its segments hold 1"),
        countsOf(CaptureFixture.at(temp.resolve("a")).book(Table.EXITS, 1L, 2, 0)));
    assertEquals(
        List.of("3 events for exits were counted, but 1 recorded and 0 lost do not add up to that"),
        countsOf(CaptureFixture.at(temp.resolve("b")).book(Table.EXITS, 3L, 1, 0)));
    assertEquals(
        List.of("says nothing of how many other events were counted"),
        countsOf(CaptureFixture.at(temp.resolve("c")).withoutBooks()));
    assertEquals(
        List.of("says 0 rows of exits were recorded, its segments hold 1"),
        countsOf(CaptureFixture.at(temp.resolve("d")).format1()));
    assertEquals(
        List.of("holds counts that are too large to be true"),
        countsOf(
            CaptureFixture.at(temp.resolve("e"))
                .book(Table.EXITS, 1L, 1, Long.MAX_VALUE)
                .book(Table.FILES, null, 0, Long.MAX_VALUE)));
    // A crash took the count with it.
    assertEquals(
        List.of(), countsOf(CaptureFixture.at(temp.resolve("f")).book(Table.EXITS, null, 1, 0)));
  }

  private static List<String> countsOf(CaptureFixture fixture) {
    Path capture = fixture.exec("/bin/ls", "ls").event(Table.EXITS, Map.of()).write();
    return open(capture).allProblems().stream()
        .filter(problem -> problem.kind() == Kind.COUNTS_DISAGREE)
        .map(EvidenceProblem::message)
        .toList();
  }

  @Test
  void whatRetentionRemoved_isNotMissing() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .exec("/bin/ls", "ls")
            .nextSegment()
            .exec("/bin/cat", "cat")
            .nextSegment()
            .exec("/bin/cat", "cat")
            .expired("age", "exec-000001.parquet", "exec-000002.parquet")
            .expired("bytes", "exec-000002.parquet")
            .write();
    Files.delete(capture.resolve("exec-000001.parquet"));
    Files.delete(capture.resolve("exec-000002.parquet"));
    CaptureSet set = open(capture);
    EvidenceProblem removed =
        new EvidenceProblem(
            capture + "/manifest.jsonl",
            Kind.EXPIRED,
            "2 segments with 3 rows were removed by retention (age)");
    assertEquals(List.of(removed), set.allProblems());
    assertEquals(1, set.captures().get(0).segments().size());

    Files.writeString(capture.resolve("exec-000001.parquet"), "not what it was");
    assertEquals(
        List.of(
            new EvidenceProblem(
                capture + "/exec-000001.parquet",
                Kind.EXPIRED,
                "is there, though retention removed it; not read"),
            removed),
        open(capture).allProblems());
  }

  @Test
  void arguments_thatAreNoCapturesAreNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file.txt"), "x");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Path nowhere = temp.resolve("nowhere");
    assertEquals(
        List.of(empty + " not_a_capture", file + " not_a_capture", nowhere + " not_a_capture"),
        kinds(open(file, empty, nowhere)));
  }

  @Test
  void links_areFollowedWhenNamedOnly() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("real/c")).exec("/bin/ls", "ls").write();
    Path store = Files.createDirectory(temp.resolve("store"));
    Files.createSymbolicLink(store.resolve("link"), capture);
    assertEquals(List.of(store + " not_a_capture"), kinds(open(store)));
    CaptureSet named = open(store.resolve("link"));
    assertTrue(named.whole());
    assertEquals(store.resolve("link").toString(), named.captures().get(0).path());
  }

  @Test
  void order_ofArgumentsAndRepetitionDoNotMatter() {
    List<Path> arguments = new ArrayList<>();
    for (String name : List.of("b", "a", "c")) {
      arguments.add(CaptureFixture.at(temp.resolve(name)).exec("/bin/ls", "ls").write());
    }
    arguments.add(temp);
    CaptureSet set = CaptureSet.open(arguments, name -> {});
    Collections.reverse(arguments);
    assertEquals(set, CaptureSet.open(arguments, name -> {}));
    assertEquals(3, set.captures().size());
  }

  @Test
  void copy_isReadOnce_andAnImpostorIsNamed() {
    CaptureFixture.at(temp.resolve("a")).id("same").exec("/bin/ls", "ls").write();
    CaptureFixture.at(temp.resolve("copy")).id("same").exec("/bin/ls", "ls").write();
    assertTrue(open(temp).whole());
    assertEquals(1, open(temp).captures().size());
    CaptureFixture.at(temp.resolve("z")).id("same").exec("/bin/cat", "cat").write();
    assertEquals(List.of(temp + "/z duplicate"), kinds(open(temp)));
  }

  /** Every bit of a capture: the manifest, and all bytes of its segment. */
  @Test
  void everyFlippedBit_isDetected() throws IOException {
    // Without most columns the file is small; nothing here looks into it.
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls");
    for (Column column : Table.EXECS.storedColumns()) {
      fixture.type(column.columnName(), column == ExecColumn.PID ? "INTEGER" : "absent");
      if (column.type().text()) {
        fixture.type(column.rawName(), "absent");
      }
    }
    Path capture = fixture.write();
    int flips = 0;
    for (String name : List.of("manifest.jsonl", "exec-000001.parquet")) {
      Path file = capture.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      // In place: rewriting a file whole makes some file systems flush it each time.
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int bit = 0; bit < bytes.length * 8; bit++) {
          byte original = bytes[bit / 8];
          put(channel, bit / 8, (byte) (original ^ (1 << (bit % 8))));
          int flipped = bit;
          assertFalse(open(capture).whole(), () -> name + " bit " + flipped);
          put(channel, bit / 8, original);
          flips++;
        }
      }
    }
    assertTrue(open(capture).whole());
    assertTrue(flips > 10_000, "a capture has that many bits");
  }

  private static void put(FileChannel channel, int offset, byte value) throws IOException {
    assertEquals(1, channel.write(ByteBuffer.wrap(new byte[] {value}), offset));
  }

  private Path two(String name) {
    return CaptureFixture.at(temp.resolve(name))
        .exec("/bin/ls", "ls")
        .nextSegment()
        .exec("/bin/cat", "cat")
        .write();
  }

  private static CaptureSet open(Path... captures) {
    return CaptureSet.open(List.of(captures), name -> {});
  }

  private static List<String> kinds(CaptureSet set) {
    return set.allProblems().stream()
        .map(problem -> problem.path() + " " + problem.kind().id())
        .toList();
  }
}
