// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {
  private static final long DAY_NS = 86_400_000_000_000L;

  @TempDir Path temp;

  @Test
  void originals_areUntouchedAndKeptWhole() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 12, 1);
    SortedMap<String, byte[]> before = Stores.bytes(store);
    CompactionResult result = Stores.compact(temp.resolve("out"), store);

    assertEquals(List.of(), result.rejections());
    SortedMap<String, byte[]> after = Stores.bytes(store);
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    Path directory = result.written().get(0).path();
    assertEquals("rwx------", mode(directory));
    for (String file : Stores.bytes(directory).keySet()) {
      assertEquals("rw-------", mode(directory.resolve(file)), file);
    }
    Compaction compaction = Compaction.read(directory.resolve(CompactionLayout.JOURNAL));
    assertEquals(12, compaction.originals().size());
    List<String> manifests =
        before.keySet().stream().filter(name -> name.endsWith("manifest.jsonl")).toList();
    assertEquals(
        manifests.stream().map(name -> Sha256.of(before.get(name))).sorted().toList(),
        compaction.originals().stream().map(Compaction.Original::manifestSha256).sorted().toList());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void captures_readAsTheirOriginalsDo() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 40, 2);
    Stores.compact(temp.resolve("out"), store);
    CaptureSet before = open(store);
    CaptureSet after = open(temp.resolve("out"));
    assertEquals(List.of(), after.problems());
    assertEquals(
        before.captures().stream().map(CompactorTest::said).sorted().toList(),
        after.captures().stream().map(CompactorTest::said).sorted().toList());
    assertTrue(
        after.captures().stream().anyMatch(capture -> !capture.whole()), "none has lost anything");
  }

  private static String said(Capture capture) {
    return capture.manifest()
        + " "
        + capture.segments().stream().map(segment -> segment.entry().file()).toList()
        + capture.problems().stream()
            .map(problem -> problem.kind() + " " + problem.message())
            .toList();
  }

  @Test
  void sameOriginals_giveTheSameBytes() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 15, 3);
    Path other = temp.resolve("other");
    Files.createDirectory(other);
    for (int i = 14; i >= 0; i--) {
      Stores.copy(store.resolve("c" + i), other.resolve("z" + (30 - i)));
    }
    Stores.compact(temp.resolve("a"), store);
    Stores.compact(temp.resolve("b"), other, store.resolve("c3"));
    SortedMap<String, byte[]> a = Stores.bytes(temp.resolve("a"));
    SortedMap<String, byte[]> b = Stores.bytes(temp.resolve("b"));
    assertEquals(a.keySet(), b.keySet());
    a.forEach((name, bytes) -> assertArrayEquals(bytes, b.get(name), name));
  }

  @Test
  void rowHashes_areAsTheDocumentSays() throws IOException {
    Path store = temp.resolve("store");
    CaptureFixture.at(store.resolve("one")).id("one").lost(3).lost(Table.EXITS, 2).write();
    Path directory = Stores.compact(temp.resolve("out"), store).written().get(0).path();
    Compaction compaction = Compaction.read(directory.resolve(CompactionLayout.JOURNAL));
    CompactionEntry.Part losses =
        compaction.originals().get(0).parts().stream()
            .filter(part -> part.segment().startsWith("loss-"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Sha256.of(
            "rows=2\n"
                + column("capture_id", "3:one[0..1]\n")
                + column("cpu", "0,0,")
                + column("event", "5:exits[1..1]\n")
                + column("cause", "9:ring_full[0..1]\n")
                + column("count", "3,2,")
                + column("from_boot_ns", "1000000000,1000000000,")
                + column("to_boot_ns", "9000000000,9000000000,")
                + column("from_ts", "1795320181000000,1795320181000000,")
                + column("to_ts", "1795320189000000,1795320189000000,")),
        losses.rowsSha256());
    CompactionEntry.Part empty = compaction.originals().get(0).parts().get(0);
    assertEquals(0, empty.rows());
    assertEquals(Sha256.of("rows=0\n"), empty.rowsSha256());
  }

  private static String column(String name, String text) {
    return name + "=" + Sha256.of(text) + "\n";
  }

  @Test
  void everyFlippedBit_isNoticed() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 5, 4);
    CaptureFixture.at(store.resolve("unfinished")).id("unfinished").withoutEnd().write();
    Path directory = Stores.compact(temp.resolve("out"), store).written().get(0).path();
    Stores.delete(store);
    CaptureFixture.at(temp.resolve("out/unfinished")).id("unfinished").withoutEnd().write();
    List<EvidenceProblem> known = open(temp.resolve("out")).allProblems();
    Random random = new Random(5);
    for (Map.Entry<String, byte[]> file : Stores.bytes(directory).entrySet()) {
      Path path = directory.resolve(file.getKey());
      boolean journal = file.getKey().equals(CompactionLayout.JOURNAL);
      for (int i = 0; i < (journal ? 600 : 40); i++) {
        int bit = random.nextInt(file.getValue().length * 8);
        byte[] flipped = file.getValue().clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(path, flipped);
        assertFalse(
            known.containsAll(open(temp.resolve("out")).allProblems()), path + " bit " + bit);
      }
      Files.write(path, file.getValue());
    }
    assertEquals(known, open(temp.resolve("out")).allProblems());
  }

  @Test
  void journalCutOffAnywhere_isNeverWhole() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 4, 6);
    Path directory = Stores.compact(temp.resolve("out"), store).written().get(0).path();
    Path journal = directory.resolve(CompactionLayout.JOURNAL);
    byte[] bytes = Files.readAllBytes(journal);
    for (int size = 0; size < bytes.length; size += 61) {
      Files.write(journal, Arrays.copyOf(bytes, size));
      assertFalse(open(directory).problems().isEmpty(), "at " + size);
    }
    String text = new String(bytes, UTF_8);
    for (int end = text.indexOf('\n'); end < text.length() - 1; end = text.indexOf('\n', end + 1)) {
      Files.writeString(journal, text.substring(0, end + 1));
      CaptureSet set = open(directory);
      assertEquals(List.of(), set.captures());
      assertEquals(
          List.of(Kind.UNFINISHED), set.problems().stream().map(EvidenceProblem::kind).toList());
    }
  }

  @Test
  void whatIsNotAsSealed_staysAndIsSaid() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 3, 7);
    CaptureFixture.at(store.resolve("unfinished")).withoutEnd().write();
    CaptureFixture.at(store.resolve("garbled")).garbled().exec("/bin/ls").write();
    CaptureFixture.at(store.resolve("later")).type("novelty", "INTEGER").exec("/bin/ls").write();
    Path missing = CaptureFixture.at(store.resolve("missing")).exec("/bin/ls").write();
    Files.delete(missing.resolve("exec-000001.parquet"));
    Path spooled = CaptureFixture.at(store.resolve("spooled")).exec("/bin/ls").write();
    Files.createDirectory(spooled.resolve("spool"));
    Files.writeString(spooled.resolve("spool/000001.spool"), "rows");
    Files.createDirectory(store.resolve("torn"));
    Files.writeString(store.resolve("torn/manifest.jsonl"), "{\n");
    Files.writeString(store.resolve("stray.parquet"), "PAR1");

    CompactionResult result = Stores.compact(temp.resolve("out"), store);
    assertEquals(3, result.written().get(0).captures());
    Path journal = result.written().get(0).path().resolve(CompactionLayout.JOURNAL);
    assertEquals(
        List.of(
            "garbled [segment_malformed]",
            "later [segment_malformed]",
            "missing [segment_missing]",
            "spooled [not_sealed]",
            "stray.parquet [foreign_file]",
            "torn [manifest_unreadable]",
            "unfinished [unfinished]"),
        Compaction.read(journal).leftOut().stream()
            .map(one -> one.name() + " " + one.why())
            .toList());

    List<Kind> alone = open(temp.resolve("out")).problems().stream().map(p -> p.kind()).toList();
    assertEquals(Collections.nCopies(7, Kind.LEFT_OUT), alone);
    assertFalse(
        open(temp.resolve("out"), store).problems().stream()
            .anyMatch(problem -> problem.kind() == Kind.LEFT_OUT));
  }

  @Test
  void secondRun_takesOnlyWhatIsNewAndOverwritesNothing() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 6, 8);
    Path out = temp.resolve("out");
    Path directory = Stores.compact(out, store).written().get(0).path();
    SortedMap<String, byte[]> before = Stores.bytes(out);
    assertEquals(List.of(), Stores.compact(out, store).written());
    CaptureFixture.at(store.resolve("new")).exec("/bin/ls").write();
    CompactionResult third = Stores.compact(out, store);
    assertEquals(6, third.already());
    assertEquals(1, third.written().get(0).captures());
    Stores.delete(store.resolve("new"));
    Stores.delete(third.written().get(0).path());

    Path file = directory.resolve("exec-000001.parquet");
    Files.write(file, new byte[] {1});
    assertThrows(FileAlreadyExistsException.class, () -> Stores.compact(out, store));
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
    Files.write(file, before.get(out.relativize(file).toString()));
    before.forEach((name, bytes) -> assertArrayEquals(bytes, Stores.bytes(out).get(name), name));
  }

  @Test
  void periods_getADirectoryEach() throws IOException {
    Path store = temp.resolve("store");
    for (int day = 0; day < 40; day += 5) {
      // From Friday, 2026-11-06T23:59:59.999999999Z.
      long start = (20_764 + day) * DAY_NS - 1;
      CaptureFixture.at(store.resolve("d" + day)).started(start).write();
    }
    for (Period period : Period.values()) {
      List<LocalDate> days =
          Stores.compact(period, temp.resolve(period.id()), store).written().stream()
              .map(CompactionResult.Written::firstDay)
              .toList();
      assertEquals(days.stream().distinct().sorted().toList(), days);
      assertEquals(
          period == Period.DAY ? 8 : period == Period.WEEK ? 6 : 2, days.size(), "" + days);
      assertTrue(days.stream().allMatch(day -> period.firstDay(day).equals(day)), () -> "" + days);
    }
  }

  @Test
  void partsAreClaimedOnce_orTheJournalIsRefused() throws IOException {
    Path store = Stores.write(temp.resolve("store"), 3, 9);
    Path directory = Stores.compact(temp.resolve("out"), store).written().get(0).path();
    Forgery forgery = new Forgery(directory, store);
    CompactionEntry.Part[] first = new CompactionEntry.Part[1];
    forgery.rewrite(
        file -> file,
        part -> {
          if (!part.segment().startsWith("exec-")) {
            return part;
          }
          first[0] = first[0] == null ? part : first[0];
          return new CompactionEntry.Part(
              part.segment(), part.file(), first[0].part(), part.rows(), part.rowsSha256());
        });
    assertTrue(
        open(directory).problems().get(0).message().contains("which is not its own"),
        () -> "" + open(directory).problems());
  }

  private static CaptureSet open(Path... stores) {
    return CaptureSet.open(List.of(stores), name -> {});
  }
}
