// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.Verdict;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.ExecId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    ReplayResult result = replay(RuleSet.packed(), capture);

    assertEquals(Verdict.FINDINGS, result.verdict());
    assertEquals(2, result.executions());
    assertTrue(result.evidenceWhole(), () -> result.evidenceProblems().toString());
    Finding finding = result.findings().get(0);
    assertEquals("net_sniff_tool_exec", finding.rule().id());
    assertEquals(ExecId.finding("net_sniff_tool_exec", CaptureFixture.execId(1)), finding.id());
    assertEquals("exec-000002.parquet", finding.segment());
    assertEquals(CaptureFixture.execId(1), finding.execution().execId());
    assertEquals(List.of("tcpdump", "-i", "any"), finding.execution().argv());
    assertEquals(4294967295L, finding.execution().uid());
    assertEquals(1000L, finding.execution().loginUid());
    assertEquals("bash", finding.execution().ancestors().get(0).comm());
    assertEquals(CaptureFixture.OFFSET_NS + 2_001_000_123L, finding.execution().tsNs());
  }

  @Test
  void noExecutions_isCleanWhenNothingIsMissing() {
    Path capture = CaptureFixture.at(temp.resolve("empty")).write();
    ReplayResult result = replay(RuleSet.packed(), capture);
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
    ReplayResult result = replay(RuleSet.packed(), good, text, lacking, foreign);
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
    ReplayResult result = replay(RuleSet.packed(), good, bad);
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
    ReplayResult result = replay(RuleSet.packed(), capture);
    assertTrue(result.evidenceWhole(), () -> result.evidenceProblems().toString());
    assertEquals(1, result.findings().size());
  }

  @Test
  void brokenRules_areNamedAndStopNoOther() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").write();
    rule("syntax", "SELECT )");
    rule("two_statements", "SELECT 1; SELECT 2");
    rule("writes", "DROP TABLE derived_execs");
    rule("no_reason", "SELECT exec_id FROM execs");
    rule("copy", "WITH x AS (COPY (SELECT 1) TO '" + temp + "/f') SELECT * FROM x");
    rule("reads", "SELECT content AS exec_id, 'x' AS reason FROM read_text('/etc/passwd')");
    rule("made_up", "SELECT 'nonsense' AS exec_id, 'x' AS reason");
    rule("nothing_said", "SELECT exec_id, NULL AS reason FROM execs");
    rule("good", "SELECT exec_id, 'b' AS reason FROM execs\n-- end\n;");
    RuleSet rules = rule("twice", "SELECT exec_id, unnest(['b', 'a']) AS reason FROM execs");
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
            "copy.sql:0",
            "made_up.sql:0",
            "no_reason.sql:0",
            "nothing_said.sql:0",
            "reads.sql:8",
            "syntax.sql:8",
            "two_statements.sql:0",
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

  private static ReplayResult replay(RuleSet rules, Path... captures) {
    return new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE)
        .replay(CaptureSet.open(List.of(captures), name -> {}), rules);
  }
}
