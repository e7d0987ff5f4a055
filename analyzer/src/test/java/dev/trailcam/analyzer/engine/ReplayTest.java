// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.Verdict;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ExecId;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final String RULE =
      """
      -- id: %s
      -- version: 1
      -- title: Test
      -- description: A test
      -- severity: low
      -- status: experimental
      -- surface: 1
      %s
      """;

  @TempDir Path temp;

  @Test
  void finding_hasTheFactsOfItsExecution() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/usr/bin/make", "make")
            .nextSegment()
            .exec(
                Map.of(
                    "exe",
                    "/usr/bin/tcpdump",
                    "filename",
                    "tcpdump",
                    "argv",
                    List.of("tcpdump", "-i", "any"),
                    "login_uid",
                    1000,
                    "uid",
                    4294967295L,
                    "cwd",
                    "/home/ci",
                    "parent_exe",
                    "/usr/bin/bash",
                    "parent_argv",
                    List.of("bash", "-c", "x"),
                    "ancestors",
                    List.of(Map.of("pid", 7, "start", 1, "comm", "bash", "exe", "/bin/bash"))))
            .write();
    ReplayResult result = replay(sniffers(), capture);

    assertEquals(Verdict.FINDINGS, result.verdict());
    assertEquals(2, result.executions());
    assertTrue(result.evidenceWhole(), () -> result.evidenceProblems().toString());
    Finding finding = result.findings().get(0);
    assertEquals("sniffers", finding.rule().id());
    assertEquals(ExecId.finding("sniffers", CaptureFixture.execId(1)), finding.id());
    assertEquals("exec-000002.parquet", finding.segment());
    assertEquals(CaptureFixture.execId(1), finding.execution().execId());
    assertEquals(List.of("tcpdump", "-i", "any"), finding.execution().argv());
    assertEquals(4294967295L, finding.execution().uid());
    assertEquals(1000L, finding.execution().loginUid());
    assertEquals("bash", finding.execution().ancestors().get(0).comm());
    assertEquals(CaptureFixture.OFFSET_NS + 2_001_000_123L, finding.execution().tsNs());
  }

  @Test
  void noExecutions_isCleanWhenNothingIsMissing() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("empty")).write();
    ReplayResult result = replay(sniffers(), capture);
    assertEquals(Verdict.CLEAN, result.verdict());
    assertEquals(0, result.executions());
  }

  @Test
  void losses_makeNoFindingInconclusive() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("lossy")).exec("/bin/ls", "ls").lost(3).write();
    ReplayResult result =
        replay(
            rule("lossy", "SELECT 'x' AS exec_id, 'y' AS reason FROM losses WHERE count < 0"),
            capture);
    assertEquals(List.of(), result.ruleProblems());
    assertEquals(Verdict.INCONCLUSIVE, result.verdict());
    assertEquals(Map.of("ring_full", 3L), result.losses());
    assertEquals(
        List.of(EvidenceProblem.Kind.ROWS_LOST),
        result.evidenceProblems().stream().map(EvidenceProblem::kind).toList());
  }

  @Test
  void lostEvents_makeNoFindingInconclusive() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("lossy"))
            .exec("/bin/ls", "ls")
            .lost(Table.RAW_SOCKETS, 3)
            .write();
    ReplayResult result = replay(sniffers(), capture);
    assertEquals(Verdict.INCONCLUSIVE, result.verdict());
    assertEquals(Map.of(), result.losses());
    assertEquals(Map.of("raw_sockets", 3L), result.lostEvents());
  }

  @Test
  void sumOfLosses_neverWrapsAround() throws IOException {
    List<Path> captures = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      captures.add(
          CaptureFixture.at(temp.resolve("c" + i))
              .book(Table.EXITS, null, 0, Long.MAX_VALUE)
              .write());
    }
    ReplayResult result = replay(sniffers(), captures.toArray(Path[]::new));
    assertEquals(Map.of("exits", Long.MAX_VALUE), result.lostEvents());
    assertEquals(Verdict.INCONCLUSIVE, result.verdict());
  }

  @Test
  void rules_joinEventsAndContentsWithExecutions() throws IOException {
    Map<String, Object> content =
        Map.of("dev", 1, "inode", 2, "size", 3, "ctime", CaptureFixture.micros(4));
    Map<String, Object> exec = new TreeMap<>(content);
    exec.put("exe", "/opt/x");
    Map<String, Object> file = new TreeMap<>(content);
    file.put("sha256", "aa");
    file.put("needed", List.of("libpcap.so.1"));
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .exec(exec)
            .event(Table.RAW_SOCKETS, Map.of("action", "socket", "family", 17))
            .event(Table.FILES, file)
            .event(Table.PROCESSES, content)
            .write();
    RuleSet rules =
        rule(
            "joins",
            "SELECT e.exec_id, s.family || arg(e.needed, 1) || p.sha256 AS reason FROM execs AS e"
                + " JOIN raw_sockets AS s ON s.exec_id = e.exec_id, processes AS p");
    ReplayResult result = replay(rules, capture);
    assertEquals(List.of(), result.ruleProblems());
    assertTrue(result.evidenceWhole(), () -> result.evidenceProblems().toString());
    assertEquals(
        List.of(CaptureFixture.execId(1) + " 17libpcap.so.1aa"),
        result.findings().stream().map(f -> f.execution().execId() + " " + f.reason()).toList());
  }

  @Test
  void eventsOfAnotherMachine_areSetAside() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .event(Table.RAW_SOCKETS, Map.of("boot_id", "another"))
            .event(Table.PROCESSES, Map.of("host", "victim"))
            .write();
    RuleSet rules =
        rule(
            "reads",
            "SELECT e.exec_id, 'x' AS reason FROM execs AS e JOIN raw_sockets AS s ON s.exec_id ="
                + " e.exec_id JOIN processes AS p ON p.pid = s.pid");
    assertEquals(
        List.of(capture + "/process-000001.parquet", capture + "/socket-000001.parquet"),
        replay(rules, capture).evidenceProblems().stream().map(EvidenceProblem::path).toList());
  }

  @Test
  void format1_isReadAndHasNothingButExecutions() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c")).format1().exec("/usr/bin/tcpdump", "tcpdump").write();
    RuleSet rules =
        rule(
            "nulls",
            "SELECT exec_id, 'x' AS reason FROM execs WHERE sha256 IS NULL AND secrets_masked IS NULL"
                + " AND NOT EXISTS (SELECT 1 FROM raw_sockets) AND NOT EXISTS (SELECT 1 FROM files)"
                + " AND NOT EXISTS (SELECT 1 FROM exits) AND NOT EXISTS (SELECT 1 FROM processes)"
                + " AND NOT EXISTS (SELECT 1 FROM failed_execs)");
    ReplayResult result = replay(rules, capture);
    assertTrue(result.evidenceWhole(), () -> result.evidenceProblems().toString());
    assertEquals(List.of(), result.ruleProblems());
    assertEquals(1, result.findings().size());
  }

  @Test
  void malformedSegment_isSetAsideAndTheOthersAreRead() throws IOException {
    Path good = CaptureFixture.at(temp.resolve("good")).exec("/bin/ls", "ls").write();
    Path text =
        CaptureFixture.at(temp.resolve("text"))
            .type("pid", "VARCHAR")
            .exec("/bin/ls", "ls")
            .write();
    Path lacking =
        CaptureFixture.at(temp.resolve("lacking"))
            .type("boot_ns", "absent")
            .exec("/bin/ls", "ls")
            .write();
    Path foreign =
        CaptureFixture.at(temp.resolve("foreign"))
            .exec(Map.of("exe", "/bin/ls", "host", "victim"))
            .exec(Map.of("exe", "/bin/ls"))
            .write();
    ReplayResult result = replay(sniffers(), good, text, lacking, foreign);
    assertEquals(1, result.executions());
    assertEquals(
        List.of(
            foreign
                + "/exec-000001.parquet: holds 1 rows that lack a mandatory value or name another"
                + " capture, host or environment",
            lacking
                + "/exec-000001.parquet: does not hold the table it should: lacks column boot_ns",
            text
                + "/exec-000001.parquet: does not hold the table it should: column pid is VARCHAR"
                + " instead of INTEGER"),
        result.evidenceProblems().stream().map(p -> p.path() + ": " + p.message()).toList());
  }

  @Test
  void notParquet_isSetAsideWithItsName() throws IOException {
    Path good = CaptureFixture.at(temp.resolve("good")).exec("/bin/ls", "ls").write();
    Path bad = CaptureFixture.at(temp.resolve("bad")).exec("/bin/ls", "ls").garbled().write();
    ReplayResult result = replay(sniffers(), good, bad);
    assertEquals(1, result.executions());
    EvidenceProblem problem = result.evidenceProblems().get(0);
    assertEquals(bad + "/exec-000001.parquet", problem.path());
    assertTrue(problem.message().startsWith("is no readable Parquet file: "), problem.message());
  }

  @Test
  void olderSegment_withoutANullableColumn_isRead() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .type("cwd", "absent")
            .type("argv_raw", "absent")
            .type("later", "INTEGER")
            .exec("/usr/bin/tcpdump", "tcpdump")
            .write();
    ReplayResult result = replay(sniffers(), capture);
    assertTrue(result.evidenceWhole(), () -> result.evidenceProblems().toString());
    assertEquals(1, result.findings().size());
  }

  @Test
  void forgedTwin_hidesNothing() throws IOException {
    Path real = CaptureFixture.at(temp.resolve("a")).exec("/usr/bin/tcpdump", "tcpdump").write();
    Path forged = CaptureFixture.at(temp.resolve("b")).exec("/bin/true", "true").write();
    assertEquals(
        List.of("/usr/bin/tcpdump", "/bin/true"),
        replay(sniffers(), real, forged).findings().stream()
            .map(finding -> finding.execution().program())
            .sorted(Comparator.reverseOrder())
            .toList());
  }

  @Test
  void forgedTwin_excusesNothing() {
    List<Path> twins = new ArrayList<>();
    for (String exe : List.of("/tmp/x/dhclient", "/usr/sbin/dhclient")) {
      twins.add(
          CaptureFixture.at(temp.resolve("c" + twins.size()))
              .exec(exe, "dhclient")
              .event(Table.RAW_SOCKETS, Map.of("action", "socket", "family", 17))
              .write());
    }
    assertEquals(0, replay(RuleSet.packed(), twins.get(1)).findings().size());
    assertEquals(2, replay(RuleSet.packed(), twins.get(0), twins.get(1)).findings().size());
  }

  /** The SQL surface, against the enums that are the capture format. */
  @Test
  void views_haveEveryColumnAndTheIdsOfJava() throws SQLException, IOException {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").lost(1).write();
    try (Session session = new Session(EngineOptions.DEFAULT)) {
      CaptureSet set = CaptureSet.open(List.of(capture), name -> {});
      RowTables.open(session, set.captures(), RuleSurface.packed());
      for (Table table : Table.values()) {
        Map<String, String> types = new TreeMap<>();
        session.query(
            "DESCRIBE " + table.sqlName(), row -> types.put(row.getString(1), row.getString(2)));
        for (Column column : table.columns()) {
          assertEquals(column.type().sql(), types.get(column.columnName()), column.columnName());
        }
      }
      Map<String, String> types = new TreeMap<>();
      session.query("DESCRIBE execs", row -> types.put(row.getString(1), row.getString(2)));
      assertEquals("VARCHAR[]", types.get("program_names"));
      assertFalse(types.containsKey("segment"));
      session.query(
          "SELECT exec_id, process_id, boot_id, pid, start_boot_ns, boot_ns FROM execs",
          row -> {
            assertEquals(CaptureFixture.execId(0), row.getString(1));
            assertEquals(
                ExecId.execution(row.getString(3), row.getInt(4), row.getLong(5), row.getLong(6)),
                row.getString(1));
            assertEquals(
                ExecId.process(row.getString(3), row.getInt(4), row.getLong(5)), row.getString(2));
          });
      session.query(
          "SELECT capture_id, command, epoch_us(started), lost, complete FROM captures",
          row -> {
            assertEquals("[make, test]", row.getString(2));
            assertEquals((CaptureFixture.OFFSET_NS + 1_000_000_000L) / 1000, row.getLong(3));
            assertEquals(1, row.getLong(4));
            assertTrue(row.getBoolean(5));
          });
    }
  }

  @Test
  void severityOfAFinding_isTheRulesOrLess() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").write();
    rule("own", "SELECT exec_id, 'x' AS reason FROM execs");
    rule("none", "SELECT exec_id, 'x' AS reason, NULL AS severity FROM execs");
    rule("less", "SELECT exec_id, 'x' AS reason, 'informational' AS severity FROM execs");
    RuleSet rules =
        rule(
            "worst",
            "SELECT exec_id, 'a' AS reason, 'informational' AS severity FROM execs"
                + " UNION ALL SELECT exec_id, 'b', 'low' FROM execs");

    ReplayResult result = replay(rules, capture);

    assertEquals(List.of(), result.ruleProblems());
    assertEquals(
        List.of("none LOW x", "own LOW x", "worst LOW b", "less INFORMATIONAL x"),
        result.findings().stream()
            .map(f -> f.rule().id() + " " + f.severity() + " " + f.reason())
            .toList());
  }

  @Test
  void incident_isAProcessAndWhatItStarted() throws IOException {
    // The fixture's n-th execution is that of process 100 + n, forked half a millisecond before.
    long firstStart = CaptureFixture.startBootNs(0);
    Object descendant =
        List.of(
            Map.of("pid", 7, "start", 1, "comm", "sh", "exe", "/bin/sh"),
            Map.of("pid", 100, "start", firstStart, "comm", "ls", "exe", "/bin/ls"));
    Object reused = List.of(Map.of("pid", 100, "start", firstStart + 1, "comm", "ls", "exe", "/x"));
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls", "ls")
            .exec(Map.of("exe", "/bin/ls", "ancestors", descendant))
            .exec(Map.of("exe", "/bin/ls", "ancestors", reused))
            .write();
    rule("one", "SELECT exec_id, 'x' AS reason FROM execs");
    RuleSet rules = rule("other", "SELECT exec_id, 'x' AS reason FROM execs");

    ReplayResult result = replay(rules, capture);

    String first = CaptureFixture.execId(0);
    String third = CaptureFixture.execId(2);
    for (String id : List.of("one", "other")) {
      assertEquals(
          List.of(first, first, third),
          result.findings().stream()
              .filter(f -> f.rule().id().equals(id))
              .map(Finding::incident)
              .toList());
    }
    assertEquals(2, result.incidents());
  }

  @Test
  void brokenRules_areNamedAndStopNoOther() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").write();
    rule("syntax", "SELECT )");
    rule("two_statements", "SELECT 1; SELECT 2");
    rule("writes", "DROP TABLE derived_execs");
    rule("no_reason", "SELECT exec_id FROM execs WHERE false");
    rule("louder", "SELECT exec_id, 'x' AS reason, 'high' AS severity FROM execs");
    rule("unheard_of", "SELECT exec_id, 'x' AS reason, 'loud' AS severity FROM execs");
    rule("copy", "WITH x AS (COPY (SELECT 1) TO '" + temp + "/f') SELECT * FROM x");
    rule("reads", "SELECT content AS exec_id, 'x' AS reason FROM read_text('/etc/passwd')");
    rule("made_up", "SELECT 'nonsense' AS exec_id, 'x' AS reason");
    rule("nothing_said", "SELECT exec_id, NULL AS reason FROM execs");
    rule("good", "SELECT exec_id, 'b' AS reason FROM execs\n-- end\n;");
    RuleSet rules =
        rule("twice", "SELECT exec_id, v.r AS reason FROM execs, (VALUES ('b'), ('a')) AS v(r)");
    ReplayResult result = replay(rules, capture);

    assertEquals(
        List.of("good b", "twice a"),
        result.findings().stream().map(f -> f.rule().id() + " " + f.reason()).toList());
    Map<String, String> failed = new TreeMap<>();
    result
        .ruleProblems()
        .forEach(p -> failed.put(Path.of(p.file()).getFileName() + ":" + p.line(), p.message()));
    assertEquals(
        List.of(
            "copy.sql:8",
            "louder.sql:0",
            "made_up.sql:0",
            "no_reason.sql:0",
            "nothing_said.sql:0",
            "reads.sql:8",
            "syntax.sql:8",
            "two_statements.sql:0",
            "unheard_of.sql:0",
            "writes.sql:0"),
        new ArrayList<>(failed.keySet()),
        failed::toString);
    assertTrue(Files.notExists(temp.resolve("f")));
    assertEquals(2, result.rules().size());
  }

  private RuleSet rule(String id, String sql) throws IOException {
    Path directory = Files.createDirectories(temp.resolve("rules"));
    Files.writeString(directory.resolve(id + ".sql"), RULE.formatted(id, sql));
    return RuleSet.of(List.of(directory));
  }

  private RuleSet sniffers() throws IOException {
    return rule(
        "sniffers",
        "SELECT exec_id, 'sniffs' AS reason FROM execs"
            + " WHERE array_contains(program_names, 'tcpdump')");
  }

  private static ReplayResult replay(RuleSet rules, Path... captures) {
    return new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE)
        .replay(CaptureSet.open(List.of(captures), name -> {}), rules);
  }
}
