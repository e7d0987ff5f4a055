// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.HuntState;
import dev.trailcam.analyzer.evidence.ArchiveContents;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HuntTest {
  private static final String BOOT = "5b1f1c6e-0000-4000-8000-00000000000";
  private static final String LOOK = "SELECT exec_id, 'seen ' || exe_name AS reason FROM execs";

  @TempDir Path temp;
  private Path store;
  private Path rules;
  private Path state;

  @BeforeEach
  void writeStore() throws IOException {
    store = temp.resolve("store");
    rules = Files.createDirectories(temp.resolve("rules"));
    state = temp.resolve("hunt.state");
    rule("sniffers", LOOK + " WHERE exe_name IN ('tcpdump', 'tshark')");
    capture("a", 1).exec("/usr/bin/true", "true").exec("/usr/bin/tcpdump", "tcpdump").write();
    capture("b", 2).exec("/usr/bin/tshark", "tshark", "-i", "lo").write();
  }

  @Test
  void secondRun_knowsWhatTheFirstOneSaid() throws IOException {
    Run first = hunt();
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().startsWith("2 new findings (2 high); 0 known\n"), first.out());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    Run second = hunt();
    assertEquals(0, second.code(), second.err());
    assertEquals(
        """
        0 new findings; 2 known (2 high)
        Run 2: 3 executions in 2 captures, 1 rule; counted as lost: 0 executions
        """,
        second.out());
    assertEquals(0, hunt("--fail-on", "low").code());
    assertEquals(List.of("known", "known"), states("--all"));
  }

  @Test
  void newCapture_isJudgedByAllRules() throws IOException {
    hunt();
    capture("c", 3).exec("/usr/bin/tcpdump", "tcpdump", "-D").write();
    Run run = hunt("--fail-on", "high");
    assertEquals(1, run.code(), run.err());
    assertTrue(run.out().startsWith("1 new finding (1 high); 2 known (2 high)\n"), run.out());
    assertTrue(run.out().contains("command   tcpdump -D"), run.out());
    assertFalse(run.out().contains("tshark"), run.out());
  }

  @Test
  void newRule_looksAtAllHistory() throws IOException {
    hunt();
    rule("truth", LOOK + " WHERE exe_name = 'true'");
    assertTrue(hunt().out().startsWith("1 new finding (1 high); 2 known"));
  }

  @Test
  void changedRule_resolvesWhatItNoLongerFinds() throws IOException {
    hunt();
    rule("sniffers", LOOK + " WHERE exe_name IN ('tcpdump', 'true')");
    Run run = hunt("--all");
    assertTrue(
        run.out().startsWith("1 new finding (1 high); 1 known (1 high); 1 resolved\n"), run.out());
    assertTrue(run.out().contains("version 1 of the rule does not find it"), run.out());
    assertTrue(hunt().out().startsWith("0 new findings; 2 known (2 high)\n"));
  }

  @Test
  void ruleThatIsGone_isToldAndComesBackAsNew() throws IOException {
    hunt();
    rule("truth", LOOK + " WHERE exe_name = 'true'");
    Files.delete(rules.resolve("sniffers.sql"));
    Run gone = hunt("--all");
    assertTrue(gone.out().startsWith("1 new finding (1 high); 0 known; 2 resolved\n"), gone.out());
    assertTrue(gone.out().contains("the rule is gone"), gone.out());
    rule("sniffers", LOOK + " WHERE exe_name IN ('tcpdump', 'tshark')");
    assertTrue(hunt().out().startsWith("2 new findings (2 high); 1 known"));
  }

  @Test
  void brokenRule_resolvesNothing() throws IOException {
    rule("truth", LOOK + " WHERE exe_name = 'true'");
    hunt();
    Files.writeString(rules.resolve("sniffers.sql"), "no rule\n");
    Run run = hunt();
    assertEquals(3, run.code());
    assertTrue(run.out().startsWith("0 new findings; 3 known (3 high)\n"), run.out());
  }

  @Test
  void failedPair_isListedAndTriedAgain() throws IOException {
    rule("late", LOOK + " WHERE no_such_column = 1");
    for (int i = 0; i < 2; i++) {
      Run run = hunt();
      assertEquals(3, run.code());
      assertTrue(run.out().contains("late over capture capture-a: "), run.out());
      assertTrue(run.out().contains("late over capture capture-b: "), run.out());
    }
    rule("late", LOOK + " WHERE exe_name = 'true'");
    Run mended = hunt();
    assertEquals(0, mended.code(), mended.err());
    assertTrue(mended.out().startsWith("1 new finding"), mended.out());
    assertFalse(mended.out().contains("tried again"), mended.out());
  }

  @Test
  void growingCapture_isJudgedAgainAsAWhole() throws IOException {
    rule(
        "both",
        "SELECT e.exec_id, 'after true' AS reason FROM execs AS e JOIN execs AS t"
            + " ON t.boot_id = e.boot_id AND t.exe_name = 'true'"
            + " WHERE e.exe_name = 'nmap'");
    hunt();
    delete(store.resolve("a"));
    capture("a", 1)
        .exec("/usr/bin/true", "true")
        .exec("/usr/bin/tcpdump", "tcpdump")
        .nextSegment()
        .exec("/usr/bin/nmap", "nmap")
        .write();
    Run run = hunt();
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("1 new finding (1 high); 2 known (2 high)\n"), run.out());
  }

  @Test
  void capturesOfOneBoot_areJudgedTogether() throws IOException {
    rule(
        "both",
        "SELECT e.exec_id, 'after true' AS reason FROM execs AS e JOIN execs AS t"
            + " ON t.boot_id = e.boot_id AND t.exe_name = 'true'"
            + " WHERE e.exe_name = 'nmap'");
    hunt();
    CaptureFixture later = capture("later", 1);
    for (int i = 0; i < 5; i++) {
      later.exec("/usr/bin/sh", "sh");
    }
    later.exec("/usr/bin/nmap", "nmap").write();
    assertTrue(hunt().out().startsWith("1 new finding"));
  }

  @Test
  void captureThatVanished_keepsItsFindings() throws IOException {
    hunt();
    delete(store.resolve("b"));
    Run run = hunt();
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("0 new findings; 2 known (2 high)\n"), run.out());
    assertTrue(run.out().contains("1 capture no longer there"), run.out());
    assertEquals(List.of("known", "known"), states("--all"));
  }

  @Test
  void damagedSegment_isToldInEveryRunUntilItIsBack() throws IOException {
    Path segment = store.resolve("b/exec-000001.parquet");
    byte[] good = Files.readAllBytes(segment);
    Files.write(segment, new byte[good.length]);
    for (int i = 0; i < 2; i++) {
      Run run = hunt();
      assertEquals(4, run.code());
      assertTrue(run.out().contains("was altered"), run.out());
    }
    Files.write(segment, good);
    Run run = hunt();
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("1 new finding (1 high); 1 known (1 high)\n"), run.out());
  }

  @Test
  void findingWhoseSegmentIsGone_isNotResolved() throws IOException {
    hunt();
    Files.delete(store.resolve("b/exec-000001.parquet"));
    rule("sniffers", LOOK + " WHERE exe_name IN ('tcpdump', 'tshark', 'nmap')");
    Run run = hunt();
    assertEquals(4, run.code());
    assertTrue(run.out().startsWith("0 new findings; 2 known (2 high)\n"), run.out());
  }

  @Test
  void lossOfAKnownCapture_isToldWithoutReadingItAgain() throws IOException {
    capture("c", 3).exec("/usr/bin/true", "true").lost(7).write();
    Run first = hunt();
    Run second = hunt();
    assertEquals(4, second.code());
    assertTrue(second.out().contains("counted as lost: 7 executions"), second.out());
    assertEquals(tail(first.out()), tail(second.out()));
  }

  @Test
  void listedFindings_areThoseOfAReplay() throws IOException {
    Run replay =
        Run.of("replay", "-q", "--format", "ndjson", "-r", rules.toString(), store.toString());
    Run hunt = hunt("--format", "ndjson");
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> expected = findings(mapper, replay.out());
    List<JsonNode> actual = findings(mapper, hunt.out());
    assertEquals(2, actual.size());
    for (int i = 0; i < 2; i++) {
      for (String name :
          List.of(
              "finding_id",
              "rule",
              "incident",
              "reason",
              "process",
              "ci",
              "segment",
              "segment_sha256",
              "capture_id",
              "ts_ns",
              "guidance")) {
        assertEquals(expected.get(i).get(name), actual.get(i).get(name), name);
      }
      assertEquals("new", actual.get(i).get("state").asString());
    }
  }

  @Test
  void everyFormat_saysWhatIsNew() throws IOException {
    hunt();
    capture("c", 3).exec("/usr/bin/tcpdump", "tcpdump", "-D").write();
    Path log = state.resolveSibling(state.getFileName() + ".wal");
    Files.copy(state, temp.resolve("copy"));
    Files.copy(log, temp.resolve("copy.wal"));
    for (String format : List.of("table", "json", "ndjson", "markdown")) {
      Path copy = temp.resolve("copy-" + format);
      Files.copy(temp.resolve("copy"), copy);
      Files.copy(temp.resolve("copy.wal"), temp.resolve("copy-" + format + ".wal"));
      Run run =
          Run.of(
              "hunt",
              "-q",
              "--format",
              format,
              "-r",
              rules.toString(),
              "--state",
              copy.toString(),
              store.toString());
      assertTrue(run.out().contains("tcpdump -D") || run.out().contains("\"-D\""), run.out());
      assertTrue(run.out().contains("1 new") || run.out().contains("\"new\""), run.out());
    }
  }

  @Test
  void result_dependsNeitherOnThreadsNorOnTheOrderOfStores() throws IOException {
    String expected = null;
    for (String threads : List.of("1", "2", "4")) {
      for (boolean reversed : List.of(true, false)) {
        List<String> stores = new ArrayList<>(List.of(store + "/a", store + "/b"));
        stores.sort(reversed ? Comparator.reverseOrder() : Comparator.naturalOrder());
        Path fresh = temp.resolve("state-" + threads + reversed);
        List<String> arguments =
            new ArrayList<>(
                List.of(
                    "hunt",
                    "-q",
                    "--format",
                    "json",
                    "--threads",
                    threads,
                    "-r",
                    rules.toString(),
                    "--state",
                    fresh.toString()));
        arguments.addAll(stores);
        String out = Run.of(arguments.toArray(new String[0])).out();
        expected = expected == null ? out : expected;
        assertEquals(expected, out);
      }
    }
  }

  @Test
  void foreignFile_isNeverOverwritten() throws IOException {
    for (byte[] content : List.of(new byte[0], "notes\n".getBytes(UTF_8), new byte[100_000])) {
      Files.write(state, content);
      Run run = hunt();
      assertEquals(4, run.code());
      assertTrue(run.err().contains(state + " is no state of a hunt"), run.err());
      assertArrayEquals(content, Files.readAllBytes(state));
    }
  }

  @Test
  void runThatCannotBegin_leavesTheStateAlone() throws IOException {
    assertEquals(2, hunt("--threads", "-1").code());
    assertFalse(Files.exists(state));
    hunt();
    byte[] before = Files.readAllBytes(state);
    assertEquals(2, hunt("--memory", "much").code());
    Files.delete(rules.resolve("sniffers.sql"));
    assertEquals(3, hunt().code());
    assertArrayEquals(before, Files.readAllBytes(state));
  }

  @Test
  void selection_isJudgedAloneAndTheRestLater() throws IOException {
    capture("c", 3).host("other").exec("/usr/bin/tcpdump", "tcpdump", "-D").write();
    Run some = hunt("--host", "other");
    assertEquals(0, some.code(), some.err());
    assertTrue(some.out().startsWith("1 new finding (1 high); 0 known\n"), some.out());
    assertTrue(some.out().contains("2 captures not selected"), some.out());
    assertTrue(hunt().out().startsWith("2 new findings (2 high); 1 known (1 high)\n"));
  }

  @Test
  void whatIsOutsideOfASelection_staysUntold() throws IOException {
    hunt();
    capture("c", 3).host("other").exec("/usr/bin/tcpdump", "tcpdump", "-D").write();
    rule("sniffers", LOOK + " WHERE exe_name IN ('tcpdump', 'true')");
    // The rule looks at this host alone, and what it found elsewhere is neither new nor resolved.
    Run other = hunt("--host", "other", "--fail-on", "low");
    assertTrue(other.out().startsWith("1 new finding (1 high); 0 known\n"), other.out());
    assertTrue(line(other).contains("2 findings not selected"), other.out());
    // All captures are judged now, and one known finding alone is of that time.
    Run late = hunt("--from", "2026-11-22T04:03:02.0005Z", "--fail-on", "low", "--all");
    assertEquals(0, late.code(), late.err());
    assertTrue(late.out().startsWith("0 new findings; 1 known (1 high)\n"), late.out());
    assertTrue(line(late).contains("3 findings not selected"), late.out());
    Run rest = hunt("--all");
    assertTrue(
        rest.out().startsWith("1 new finding (1 high); 2 known (2 high); 1 resolved\n"),
        rest.out());
    assertTrue(hunt().out().startsWith("0 new findings; 3 known (3 high)\n"));
  }

  @Test
  void selectionOfNothing_isNoCleanResult() {
    Run run = hunt("--host", "nobody");
    assertEquals(4, run.code());
    assertTrue(run.out().contains("none of 2 captures is what the options ask for"), run.out());
  }

  @Test
  void compactedCaptures_areTheSameAsTheirOriginals() throws IOException {
    hunt();
    Path compacted = store.resolve("compacted");
    Run compaction = Run.of("compact", "-q", "-o", compacted.toString(), store.toString());
    assertEquals(0, compaction.code(), compaction.err());
    String known = "0 new findings; 2 known (2 high)\n";
    assertTrue(hunt().out().startsWith(known));
    delete(store.resolve("a"));
    delete(store.resolve("b"));
    for (int i = 0; i < 2; i++) {
      Run run = hunt();
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(run.out().startsWith(known), run.out());
      assertTrue(run.out().contains("3 executions in 2 captures"), run.out());
      assertFalse(run.out().contains("no longer there"), run.out());
    }
    rule("truth", LOOK + " WHERE exe_name = 'true'");
    Run rule = hunt();
    assertEquals(0, rule.code(), rule.out() + rule.err());
    assertTrue(rule.out().startsWith("1 new finding (1 high); 2 known (2 high)\n"), rule.out());
    Path fresh = temp.resolve("fresh.state");
    Run first =
        Run.of("hunt", "-q", "-r", rules + "", "--state", fresh.toString(), compacted.toString());
    assertEquals(0, first.code(), first.out() + first.err());
    assertTrue(first.out().startsWith("3 new findings (3 high); 0 known\n"), first.out());
  }

  @Test
  void damageToCompactedCaptures_isToldInEveryRun() throws IOException {
    Path compacted = temp.resolve("compacted");
    assertEquals(0, Run.of("compact", "-q", "-o", compacted + "", store + "").code());
    delete(store);
    Files.move(compacted, store);
    Path directory;
    try (Stream<Path> files = Files.walk(store)) {
      directory =
          files
              .filter(file -> file.endsWith("compaction.jsonl"))
              .findFirst()
              .orElseThrow()
              .getParent();
    }
    hunt();
    Files.writeString(directory.resolve("exec-000099.parquet"), "?");
    for (int i = 0; i < 2; i++) {
      Run foreign = hunt();
      assertEquals(4, foreign.code(), foreign.out());
      assertTrue(foreign.out().contains("exec-000099.parquet: is not listed in"), foreign.out());
    }
    Files.delete(directory.resolve("exec-000099.parquet"));
    assertEquals(0, hunt().code());
    Path file = directory.resolve("exec-000001.parquet");
    byte[] good = Files.readAllBytes(file);
    Files.write(file, new byte[good.length]);
    for (int i = 0; i < 2; i++) {
      Run altered = hunt();
      assertEquals(4, altered.code(), altered.out());
      assertTrue(altered.out().startsWith("0 new findings; 2 known"), altered.out());
    }
  }

  @Test
  void storeUnderAnotherName_isTheSameStore() throws IOException {
    capture("c", 3).exec("/usr/bin/true", "true").lost(7).write();
    hunt();
    Path link = Files.createSymbolicLink(temp.resolve("link"), store);
    Run run = Run.of("hunt", "-q", "-r", rules + "", "--state", state + "", link.toString());
    assertEquals(4, run.code());
    assertTrue(run.out().startsWith("0 new findings; 2 known (2 high)\n"), run.out());
    assertFalse(run.out().contains(store + "/"), run.out());
    assertTrue(run.out().contains(link + "/c"), run.out());
  }

  @Test
  void inconclusiveWindows_areThoseOfAReplayInEveryRun() throws IOException {
    rule("shells", LOOK + " WHERE exe_name = 'sh'");
    rule(
        "exited",
        "SELECT e.exec_id, 'ended' AS reason FROM execs AS e JOIN exits AS x USING (process_id)");
    CaptureFixture lossy = capture("c", 3).exec("/usr/bin/tcpdump", "tcpdump");
    lossy.lostBetween(1_000_000_000L, 3_000_000_000L, Table.EXECS, 2);
    lossy.lostBetween(5_000_000_000L, 6_000_000_000L, Table.EXITS, 4).write();
    capture("d", 4).exec("/usr/bin/true", "true").withoutEnd().write();
    Files.writeString(Files.createDirectories(store.resolve("e")).resolve("manifest.jsonl"), "?");
    List<String> expected =
        windows(
            Run.of("replay", "-q", "--format", "ndjson", "-r", rules.toString(), store.toString()));
    assertEquals(4, expected.size(), expected.toString());
    for (int i = 0; i < 3; i++) {
      assertEquals(expected, windows(hunt("--format", "ndjson")), "run " + i);
    }
    Run table = hunt();
    assertTrue(table.out().contains("Inconclusive in 4 windows of time"), table.out());
    assertTrue(hunt("--format", "markdown").out().contains("### Inconclusive in 4 windows"));
    // Nothing has to be judged for this one, and still it has to be told.
    Files.writeString(store.resolve("a/exec-000009.parquet"), "?");
    assertEquals(
        windows(
            Run.of("replay", "-q", "--format", "ndjson", "-r", rules.toString(), store.toString())),
        windows(hunt("--format", "ndjson")));
    Files.delete(store.resolve("a/exec-000009.parquet"));
    assertEquals(expected, windows(hunt("--format", "ndjson")));
  }

  private static List<String> windows(Run run) {
    return run.out().lines().filter(line -> line.contains("\"inconclusive_window\"")).toList();
  }

  @Test
  void suppressedFinding_isCountedListedAndNoAlarm() throws IOException {
    Path file = suppressions("exe = '/usr/bin/tcpdump'", "2100-01-01");
    Run run = hunt("--suppressions", file.toString(), "--fail-on", "low");
    assertEquals(1, run.code(), run.err());
    assertTrue(run.out().startsWith("1 new finding (1 high); 0 known; 1 suppressed\n"), run.out());
    assertTrue(run.out().contains("Suppressed: 1 finding\n\n  lab: 1 of sniffers"), run.out());
    assertFalse(run.out().contains("command   tcpdump"), run.out());
    Run known = hunt("--suppressions", file.toString(), "--fail-on", "low");
    assertEquals(0, known.code(), known.err());
    assertTrue(
        known.out().startsWith("0 new findings; 1 known (1 high); 1 suppressed\n"), known.out());
    // They are asked anew each time: without the file, it is an open finding, and no new one.
    assertTrue(hunt().out().startsWith("0 new findings; 2 known (2 high)\n"));
    Path all = suppressions("exe IN ('/usr/bin/tcpdump', '/usr/bin/tshark')", "2100-01-01");
    Run clean = hunt("--suppressions", all.toString());
    assertTrue(
        clean.out().startsWith("Clean: no finding but 2 suppressed, and nothing is missing\n"),
        clean.out());
    Run json = hunt("--suppressions", all.toString(), "--format", "ndjson", "--all");
    assertTrue(json.out().contains("\"suppressed\":{\"new\":0,\"known\":2}"), json.out());
    assertTrue(json.out().contains("\"suppression\":{\"id\":\"lab\""), json.out());
  }

  @Test
  void suppressionByHash_holdsForWhatIsKnownOfTheFile() throws IOException {
    String hash = "ab".repeat(32);
    Map<String, Object> file =
        Map.of("dev", 1L, "inode", 2L, "size", 3L, "ctime", CaptureFixture.micros(7));
    Map<String, Object> exec = new TreeMap<>(file);
    exec.put("exe", "/opt/tcpdump");
    exec.put("argv", List.of("tcpdump"));
    Map<String, Object> known = new TreeMap<>(file);
    known.put("sha256", hash);
    capture("h", 4).exec(exec).event(Table.FILES, known).write();
    hunt();
    delete(store.resolve("h"));
    String right = suppressions("sha256 = '" + hash + "'", "2100-01-01").toString();
    assertTrue(hunt("--suppressions", right).out().startsWith("0 new findings; 2 known"));
    String wrong = suppressions("sha256 = '" + "cd".repeat(32) + "'", "2100-01-01").toString();
    Run unused = hunt("--suppressions", wrong);
    assertTrue(unused.out().startsWith("0 new findings; 3 known"), unused.out());
    assertTrue(unused.out().contains("Suppressions to look at"), unused.out());
  }

  @Test
  void expiredAndBrokenSuppressions_areTold() throws IOException {
    Path expired = suppressions("exe = '/usr/bin/tcpdump'", "2020-01-01");
    Run run = hunt("--suppressions", expired.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("2 new findings"), run.out());
    assertTrue(run.out().contains("lab has expired") || run.out().contains("expired"), run.out());
    Path broken = suppressions("exe = ", "2100-01-01");
    Run refused = hunt("--suppressions", broken.toString());
    assertEquals(3, refused.code());
    assertTrue(refused.out().contains("Suppressions that are not heeded"), refused.out());
  }

  private Path suppressions(String where, String expires) throws IOException {
    return Files.writeString(
        temp.resolve("suppressions.yml"),
        """
        - id: lab
          rule: sniffers
          where: %s
          owner: netops
          reason: The nightly scan
          expires: %s
        """
            .formatted(where, expires));
  }

  private List<String> states(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--format", "ndjson"));
    ObjectMapper mapper = new ObjectMapper();
    return findings(mapper, hunt(arguments.toArray(new String[0])).out()).stream()
        .map(finding -> finding.get("state").asString())
        .toList();
  }

  private static List<JsonNode> findings(ObjectMapper mapper, String ndjson) {
    return ndjson
        .lines()
        .map(mapper::readTree)
        .filter(line -> line.get("type").asString().equals("finding"))
        .toList();
  }

  /** The table breaks lines where they are long. */
  private static String line(Run run) {
    return run.out().replace('\n', ' ');
  }

  private static String tail(String out) {
    return out.substring(out.indexOf("What is wrong"));
  }

  /** What is planted in the books is told: nobody has opened the archive to know better. */
  @Test
  void unchangedArchive_staysClosed() throws IOException {
    Path archive = store.resolve("a.zip");
    zip(store.resolve("a"), archive);
    assertEquals(0, hunt().code());
    try (HuntState books = HuntState.open(state, new EngineOptions(1, "200MB"))) {
      ArchiveContents kept = books.archives().get(archive.toString());
      assertEquals(List.of(), kept.problems());
      books.keep(
          List.of(
              new ArchiveContents(
                  kept.path(),
                  kept.fingerprint(),
                  kept.captures(),
                  List.of(
                      new EvidenceProblem(
                          kept.path(), EvidenceProblem.Kind.ARCHIVE_ENTRY, "planted")))));
    }
    Run second = hunt();
    assertEquals(4, second.code());
    assertTrue(second.out().contains("planted"), second.out());
    zip(store.resolve("b"), archive);
    Run third = hunt();
    assertEquals(0, third.code(), third.out() + third.err());
    assertFalse(third.out().contains("planted"), third.out());
  }

  private static void zip(Path capture, Path archive) throws IOException {
    Files.deleteIfExists(archive);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.list(capture)) {
      for (Path file : files.sorted().toList()) {
        zip.putNextEntry(new ZipEntry("c/" + file.getFileName()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  private Run hunt(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("hunt", "-q", "-r", rules.toString(), "--state", state.toString()));
    arguments.addAll(List.of(options));
    arguments.add(store.toString());
    return Run.of(arguments.toArray(new String[0]));
  }

  private CaptureFixture capture(String name, int boot) {
    return CaptureFixture.at(store.resolve(name)).id("capture-" + name).bootId(BOOT + boot);
  }

  private void rule(String id, String sql) throws IOException {
    Files.writeString(
        rules.resolve(id + ".sql"),
        """
        -- id: %s
        -- version: 1
        -- title: A rule
        -- description: Looks.
        -- severity: high
        -- status: experimental
        -- attack:
        --   tactics: [TA0007]
        -- surface: 1
        %s
        """
            .formatted(id, sql));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
