// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.RuleChoice;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a replay says that no finding means nothing, and of which rules. */
class InconclusiveWindowsTest {
  private static final String RULE =
      """
      -- id: %1$s
      -- version: 1
      -- title: Test
      -- description: A test
      -- severity: low
      -- status: experimental
      -- surface: 1
      SELECT exec_id, 'runs' AS reason FROM execs WHERE array_contains(program_names, '%1$s')
      """;
  private static final long SECOND = 1_000_000_000L;

  /** Boot times of a recording by the fixture. */
  private static final long BEGIN = SECOND;

  private static final long FIRST_ROW = 2 * SECOND;
  private static final long END = 9 * SECOND;

  @TempDir Path temp;
  private Path rules;

  @BeforeEach
  void writeRules() throws IOException {
    rules = Files.createDirectory(temp.resolve("rules"));
    for (String id : List.of("ls_runs", "nmap_runs", "strace_runs", "tcpdump_runs")) {
      Files.writeString(
          rules.resolve(id + ".sql"),
          RULE.formatted(id).replace("'" + id + "'", "'" + id.replace("_runs", "") + "'"));
    }
  }

  @Test
  void whole_hasNone() {
    assertEquals(List.of(), windows(capture("whole").write()));
  }

  @Test
  void losses_areWindowsThatMergeWhereTheyTouch() {
    Path capture =
        capture("lossy")
            .lostBetween(5 * SECOND, 6 * SECOND, Table.RAW_SOCKETS, 4)
            .lostBetween(3 * SECOND, 4 * SECOND, Table.EXECS, 2)
            .lostBetween(4 * SECOND, 5 * SECOND, Table.EXECS, 1)
            .lostBetween(7 * SECOND, 8 * SECOND, Table.EXECS, 9)
            .write();
    List<InconclusiveWindow> windows = windows(capture);

    assertEquals(2, windows.size(), windows::toString);
    LossWindow first = windows.get(0).window();
    assertTime(3 * SECOND, 6 * SECOND, first);
    assertEquals(Map.of("execs", 3L, "raw_sockets", 4L), first.lost());
    assertEquals(Set.of("ring_full"), first.causes());
    assertEquals(capture.toString(), first.path());
    assertTime(7 * SECOND, 8 * SECOND, windows.get(1).window());
    assertEquals(all(), windows.get(0).rules());
  }

  @Test
  void findingInside_isConclusive_andOneOutsideIsNot() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .exec("/usr/bin/nmap", "nmap")
            .lostBetween(FIRST_ROW + 1000, 3 * SECOND, Table.EXECS, 1)
            .write();
    RuleChoice rules = windows(capture).get(0).rules();

    assertEquals(RuleChoice.Which.ALL_BUT, rules.which());
    assertEquals(List.of("nmap_runs"), rules.ids());
    assertEquals(3, rules.count());
    assertEquals(4, rules.total());
  }

  @Test
  void findingOfAnotherCapture_saysNothing() {
    Path found = CaptureFixture.at(temp.resolve("a")).bootId("a").exec("/bin/ls").write();
    Path lossy = CaptureFixture.at(temp.resolve("b")).bootId("b").lost(1).write();
    assertEquals(List.of(all()), windows(found, lossy).stream().map(w -> w.rules()).toList());
  }

  @Test
  void fewRules_areNamed() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls")
            .exec("/usr/bin/nmap")
            .exec("/usr/bin/strace")
            .lost(1)
            .write();
    RuleChoice rules = windows(capture).get(0).rules();
    assertEquals(RuleChoice.Which.ONLY, rules.which());
    assertEquals(List.of("tcpdump_runs"), rules.ids());
  }

  @Test
  void missingSegment_isMissingFromItsFirstRowToItsLast() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/true")
            .nextSegment()
            .exec("/bin/true")
            .exec("/bin/true")
            .nextSegment()
            .exec("/bin/true")
            .write();
    Files.delete(capture.resolve("exec-000002.parquet"));
    LossWindow window = only(capture);
    assertTime(FIRST_ROW + 1_000_123, FIRST_ROW + 2_000_246, window);
    assertEquals(Map.of("execs", 2L), window.lost());
    assertEquals(Set.of("segment_missing"), window.causes());
  }

  @Test
  void alteredAndExpiredSegments_sayWhy() throws IOException {
    Path altered = CaptureFixture.at(temp.resolve("a")).exec("/bin/true").write();
    byte[] bytes = Files.readAllBytes(altered.resolve("exec-000001.parquet"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(altered.resolve("exec-000001.parquet"), bytes);
    assertEquals(Set.of("segment_altered"), only(altered).causes());

    Path expired =
        CaptureFixture.at(temp.resolve("e"))
            .exec("/bin/true")
            .expired("age", "exec-000001.parquet")
            .write();
    Files.delete(expired.resolve("exec-000001.parquet"));
    assertEquals(Set.of("expired"), only(expired).causes());
    assertTime(FIRST_ROW, FIRST_ROW, only(expired));
  }

  @Test
  void malformedSegment_isFoundByTheEngine() {
    Path garbled = CaptureFixture.at(temp.resolve("g")).garbled().exec("/bin/true").write();
    assertEquals(Set.of("segment_malformed"), only(garbled).causes());
  }

  @Test
  void missingLossSegment_hidesNoLoss() throws IOException {
    Path capture = capture("c").lostBetween(3 * SECOND, 4 * SECOND, Table.RAW_SOCKETS, 7).write();
    Files.delete(capture.resolve("loss-000001.parquet"));
    readsExitsAndSockets();
    LossWindow window = replay(capture).windows().get(0).window();
    assertTime(3 * SECOND, 4 * SECOND, window);
    assertEquals(Map.of("raw_sockets", 7L), window.lost());
  }

  @Test
  void lossOfWhatARuleNeverReads_isNoneOfItsConcern() throws IOException {
    Path capture = capture("c").lostBetween(3 * SECOND, 4 * SECOND, Table.RAW_SOCKETS, 7).write();
    ReplayResult result = replay(capture);
    assertFalse(result.evidenceWhole());
    assertEquals(List.of(), result.windows());

    readsExitsAndSockets();
    InconclusiveWindow window = replay(capture).windows().get(0);
    assertEquals(new RuleChoice(RuleChoice.Which.ONLY, List.of("reads"), 1, 5), window.rules());
    assertTime(3 * SECOND, 4 * SECOND, window.window());
  }

  @Test
  void lossWithoutRow_mayBeAnywhere() throws IOException {
    Path capture = capture("c").book(Table.EXITS, 5L, 0, 5).write();
    readsExitsAndSockets();
    LossWindow window = replay(capture).windows().get(0).window();
    assertTime(BEGIN, END, window);
    assertEquals(Map.of("exits", 5L), window.lost());
    assertEquals(Set.of("rows_lost"), window.causes());
  }

  @Test
  void noEnd_isOpenFromTheLastRow() {
    LossWindow window = only(capture("c").withoutEnd().write());
    assertEquals(at(FIRST_ROW), window.fromNs());
    assertEquals(OptionalLong.empty(), window.toNs());
    assertTrue(window.uncounted());
    assertEquals(Set.of("unfinished"), window.causes());
  }

  @Test
  void recovered_isOpenToo() {
    LossWindow window = only(capture("c").endReason("recovered").write());
    assertEquals(at(FIRST_ROW), window.fromNs());
    assertEquals(OptionalLong.empty(), window.toNs());
    assertEquals(Set.of("ended_badly"), window.causes());
  }

  @Test
  void spool_isOpenFromTheLastRow() throws IOException {
    Path capture = capture("c").withoutEnd().write();
    Files.createDirectory(capture.resolve("spool"));
    Files.writeString(capture.resolve("spool/000002.spool"), "frames");
    LossWindow window = only(capture);
    assertEquals(at(FIRST_ROW), window.fromNs());
    assertEquals(Set.of("not_sealed", "unfinished"), window.causes());
  }

  @Test
  void droppedSegment_isAHoleInTheSequence() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/true")
            .nextSegment()
            .exec("/bin/true")
            .nextSegment()
            .exec("/bin/true")
            .droppingSegment(2)
            .write();
    List<LossWindow> windows = windows(capture).stream().map(w -> w.window()).toList();
    // The counts do not fit either, and that says nothing of when.
    assertEquals(1, windows.size());
    assertTime(BEGIN, END, windows.get(0));
    assertTrue(windows.get(0).causes().contains("gap"), windows::toString);
  }

  @Test
  void unreadable_hasNoTimes() {
    LossWindow window = only(temp.resolve("nowhere"));
    assertEquals(OptionalLong.empty(), window.fromNs());
    assertEquals(OptionalLong.empty(), window.toNs());
    assertEquals(Set.of("not_a_capture"), window.causes());
  }

  @Test
  void manyLosses_becomeFewWindows_thatCoverThemAll() {
    CaptureFixture fixture = capture("c");
    for (int i = 0; i < 1000; i++) {
      long from = 3 * SECOND + i * 1_000_000L + (i % 7) * 1000L;
      fixture.lostBetween(from, from + 1000, Table.EXECS, 1);
    }
    List<InconclusiveWindow> windows = windows(fixture.write());
    assertEquals(200, windows.size());
    assertEquals(1000, windows.stream().mapToLong(w -> w.window().lostTotal()).sum());
    for (int i = 1; i < windows.size(); i++) {
      assertTrue(
          windows.get(i - 1).window().toNs().getAsLong()
              < windows.get(i).window().fromNs().getAsLong());
    }
  }

  private CaptureFixture capture(String name) {
    return CaptureFixture.at(temp.resolve(name)).exec("/bin/true");
  }

  private LossWindow only(Path capture) {
    List<InconclusiveWindow> windows = windows(capture);
    assertEquals(1, windows.size(), windows::toString);
    assertEquals(all(), windows.get(0).rules());
    return windows.get(0).window();
  }

  private static RuleChoice all() {
    return new RuleChoice(RuleChoice.Which.ALL, List.of(), 4, 4);
  }

  private void readsExitsAndSockets() throws IOException {
    String sql =
        "SELECT e.exec_id, 'x' AS reason FROM execs AS e JOIN exits AS x ON x.exec_id = e.exec_id"
            + " JOIN raw_sockets AS s ON s.exec_id = e.exec_id WHERE x.exit_code = 77";
    String rule = RULE.formatted("reads");
    Files.writeString(
        rules.resolve("reads.sql"), rule.substring(0, rule.indexOf("SELECT")) + sql + "\n");
  }

  private ReplayResult replay(Path... captures) {
    return new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE)
        .replay(CaptureSet.open(Arrays.asList(captures), name -> {}), RuleSet.of(List.of(rules)));
  }

  private List<InconclusiveWindow> windows(Path... captures) {
    ReplayResult result = replay(captures);
    assertEquals(List.of(), result.ruleProblems());
    assertEquals(result.evidenceWhole(), result.windows().isEmpty());
    return result.windows();
  }

  private static void assertTime(long fromBootNs, long toBootNs, LossWindow window) {
    assertEquals(at(fromBootNs), window.fromNs());
    assertEquals(at(toBootNs), window.toNs());
  }

  private static OptionalLong at(long bootNs) {
    return OptionalLong.of(bootNs + CaptureFixture.OFFSET_NS);
  }
}
