// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.Breadth;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.SuppressionUse;
import dev.trailcam.analyzer.findings.Verdict;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.suppressions.Suppression;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionRunTest {
  private static final long LATER = 4_000_000_000_000_000L;
  private static final String RULE =
      """
      -- id: %s
      -- version: 1
      -- title: Test
      -- description: A test
      -- severity: low
      -- status: experimental
      -- surface: 1
      SELECT exec_id, 'x' AS reason FROM execs WHERE exe_name = '%s'
      """;

  /** When the first of {@link CaptureFixture}'s executions was, in microseconds since 1970. */
  private static final long FIRST_US = (CaptureFixture.OFFSET_NS + 2_000_000_000L) / 1000;

  @TempDir Path temp;
  private RuleSet rules;
  private Path capture;

  @BeforeEach
  void twoRulesAndFourExecutions() throws IOException {
    rules =
        RuleSet.of(
            List.of(
                Files.writeString(temp.resolve("sniff.sql"), RULE.formatted("sniff", "tcpdump")),
                Files.writeString(temp.resolve("scan.sql"), RULE.formatted("scan", "nmap"))));
    capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/usr/bin/tcpdump", "tcpdump", "-i", "any")
            .exec("/tmp/tcpdump", "tcpdump")
            .exec("/usr/bin/nmap", "nmap", "localhost")
            .exec("/bin/ls", "ls")
            .write();
  }

  @Test
  void suppressed_isMarkedAndKept() {
    ReplayResult result = replay(entry("a", "sniff", "exe = '/usr/bin/tcpdump'"));
    assertEquals(3, result.findings().size());
    assertEquals(1, result.suppressed());
    assertEquals(Verdict.FINDINGS, result.verdict());
    assertEquals(List.of("/tmp/tcpdump", "/usr/bin/nmap"), programs(result.open()));
    assertEquals(2, result.incidents());
    SuppressionUse use = result.suppressions().uses().get(0);
    assertEquals(1, use.applied());
    assertEquals(List.of(), use.warnings());
    Finding marked = result.findings().stream().filter(f -> !f.open()).findFirst().orElseThrow();
    assertEquals("a", marked.suppression().orElseThrow().id());
  }

  @Test
  void everythingSuppressed_isClean() {
    ReplayResult result =
        replay(
            entry("a", "sniff", "exe IN ('/usr/bin/tcpdump', '/tmp/tcpdump')"),
            entry("b", "scan", "exe = '/usr/bin/nmap'"));
    assertEquals(Verdict.CLEAN, result.verdict());
    assertEquals(3, result.suppressed());
    assertEquals(0, result.incidents());
    assertEquals(
        List.of(List.of(), List.of()),
        result.suppressions().uses().stream().map(SuppressionUse::warnings).toList());
  }

  @Test
  void expiry_isByTheMicrosecondOfTheExecution() {
    String where = "exe = '/usr/bin/tcpdump'";
    for (long shift : List.of(-1L, 0L, 1L)) {
      SuppressionUse use =
          replay(entry("a", where, OptionalLong.empty(), FIRST_US + shift))
              .suppressions()
              .uses()
              .get(0);
      assertEquals(shift > 0 ? 1 : 0, use.applied(), "expires " + shift);
      assertEquals(shift > 0 ? 0 : 1, use.expired(), "expires " + shift);
      use =
          replay(entry("a", where, OptionalLong.of(FIRST_US + shift), LATER))
              .suppressions()
              .uses()
              .get(0);
      assertEquals(shift > 0 ? 0 : 1, use.applied(), "starts " + shift);
      assertEquals(shift > 0 ? 1 : 0, use.early(), "starts " + shift);
    }
  }

  @Test
  void microseconds_holdAllTheirNanoseconds() {
    Suppression entry = entry("a", "x", OptionalLong.of(5), 7);
    assertTrue(!entry.started(4_999) && entry.started(5_000));
    assertTrue(!entry.expired(6_999) && entry.expired(7_000));
    assertTrue(!entry.started(-1));
  }

  @Test
  void renewed_coversTheOldOne() {
    ReplayResult result =
        replay(
            entry("a-2025", "exe = '/usr/bin/tcpdump'", OptionalLong.empty(), FIRST_US),
            entry("a-2026", "sniff", "exe = '/usr/bin/tcpdump'"));
    SuppressionUse old = result.suppressions().uses().get(0);
    assertEquals(List.of(0L, 1L, 0L), List.of(old.applied(), old.covered(), old.expired()));
    assertEquals(List.of(), old.warnings());
    assertEquals(1, result.suppressions().uses().get(1).applied());
  }

  @Test
  void unusedAndUnknown_areTold() {
    ReplayResult result =
        replay(
            entry("a", "sniff", "exe = '/opt/other'"), entry("b", "gone", "exe = '/usr/bin/nmap'"));
    assertEquals(
        List.of(List.of(SuppressionUse.Kind.NEVER_USED), List.of(SuppressionUse.Kind.RULE_UNKNOWN)),
        result.suppressions().uses().stream()
            .map(use -> use.warnings().stream().map(SuppressionUse.Warning::kind).toList())
            .toList());
  }

  @Test
  void broad_isTold() {
    assertEquals(
        List.of(Breadth.Kind.NO_PROGRAM, Breadth.Kind.SEVERAL_PROGRAMS, Breadth.Kind.OTHER_RULES),
        broad("host = 'runner-7'"));
    assertEquals(
        List.of(Breadth.Kind.CONSTANT, Breadth.Kind.SEVERAL_PROGRAMS, Breadth.Kind.OTHER_RULES),
        broad("1 = 1"));
    assertEquals(List.of(Breadth.Kind.SEVERAL_PROGRAMS), broad("exe_name = 'tcpdump'"));
    assertEquals(List.of(Breadth.Kind.OTHER_RULES), broad("starts(exe, '/usr/bin/')"));
    assertEquals(List.of(), broad("exe = '/tmp/tcpdump' AND host = 'runner-7'"));
  }

  /** Somebody could make one finding of two by adding a copy of the evidence that says less. */
  @Test
  void forgedCopy_hidesNothing() {
    String where = "exe = '/usr/bin/tcpdump' AND has_arg(argv, 'localhost')";
    Path forged =
        CaptureFixture.at(temp.resolve("forged"))
            .exec("/usr/bin/tcpdump", "tcpdump", "localhost")
            .write();
    ReplayResult result =
        replay(List.of(capture, forged), set(entry("a", "sniff", where)), EngineOptions.DEFAULT);
    assertEquals(4, result.findings().size());
    assertEquals(0, result.suppressed());
  }

  @Test
  void attacksOnTheCondition_suppressNothing() {
    List<String> attacks =
        List.of(
            "true) OR (true",
            "exe = 'x') OR (true",
            "true) UNION ALL SELECT exec_id, '' FROM execs WHERE (true",
            "true) UNION ALL (SELECT exec_id, '' FROM execs WHERE true",
            "true); DELETE FROM execs; SELECT (true",
            "true); DELETE FROM execs; --",
            "true; DROP TABLE hits",
            "true) --",
            "exe = 'x' -- AND host = 'y'",
            "exe = 'x' /* AND host = 'y' */",
            "true /*",
            "true */",
            "(true",
            "true)",
            "((true)",
            "'",
            "\"",
            "true GROUP BY exec_id",
            "true ORDER BY 1",
            "true LIMIT 1",
            "true QUALIFY true",
            "true) GROUP BY exec_id HAVING (true",
            "SELECT true",
            "(SELECT true)",
            "exe IN (SELECT exe FROM execs)",
            "EXISTS (SELECT 1 FROM losses)",
            "exec_id = (SELECT min(exec_id) FROM execs)",
            "exe IN (SELECT name FROM read_csv('/etc/passwd'))",
            "row_number() OVER () = 1",
            "count(*) > 0",
            "getenv('HOME') = 'x'",
            "ts < now()",
            "current_date > '2020-01-01'",
            "random() < 2",
            "exe = $1",
            "exe = ?",
            "no_such_column = 1",
            "raw_execs.exe = 'x'",
            "exe",
            "exec_id",
            "argv = 7",
            "exe = 'x\u202e'",
            "x'",
            "(".repeat(150) + "true" + ")".repeat(150),
            "CAST(exe AS INTEGER) = 1");
    List<Suppression> entries = new ArrayList<>();
    for (int i = 0; i < attacks.size(); i++) {
      entries.add(entry("attack-" + i, "sniff", attacks.get(i)));
    }
    entries.add(entry("zz", "sniff", "exe = '/usr/bin/tcpdump'"));
    ReplayResult result = replay(entries.toArray(Suppression[]::new));
    assertEquals(
        List.of("zz"), result.suppressions().uses().stream().map(u -> u.entry().id()).toList());
    assertEquals(1, result.suppressed());
    assertEquals(3, result.findings().size());
    assertEquals(List.of(), result.ruleProblems());
    for (int i = 0; i < attacks.size(); i++) {
      String where = "the condition of attack-" + i + " ";
      assertTrue(
          result.suppressions().problems().stream()
              .map(RuleProblem::toString)
              .anyMatch(problem -> problem.startsWith("f.yml:9: is not heeded: " + where)),
          attacks.get(i));
    }
  }

  @Test
  void conditionWithoutPins_isSaidWithoutEvidence() {
    Map<String, Boolean> pinned = new TreeMap<>();
    for (String where :
        List.of(
            "exe = '/a'",
            "'/a' = exe",
            "NOT exe <> '/a'",
            "NOT (exe <> '/a' OR host = 'b')",
            "exe LIKE '/opt/%'",
            "exe_name IN ('ab', 'c')",
            "(exe = '/a' OR sha256 = 'abc') AND host = 'b'",
            "has_arg(argv, '--lab')",
            "basename(exe) = 'nmap'")) {
      pinned.put(where, true);
    }
    for (String where :
        List.of(
            "host = 'b'",
            "exe = '/a' OR host = 'b'",
            "exe <> '/a'",
            "NOT exe = '/a'",
            "exe LIKE '%'",
            "exe NOT LIKE '/opt/%'",
            "exe IS NOT NULL",
            "exe = exe",
            "exe > '/a'",
            "(exe = '/a') = false",
            "coalesce(exe = '/a', true)",
            "exe_name NOT IN ('ab')",
            "matches(exe, '.*')",
            "NOT starts(exe, '/opt')")) {
      pinned.put(where, false);
    }
    try (ConditionCheck check = ConditionCheck.open(EngineOptions.DEFAULT, rules.surface())) {
      pinned.forEach(
          (where, expected) -> {
            Suppression entry = entry("a", "sniff", where);
            assertEquals(List.of(), check.problems(entry), where);
            assertEquals(expected, check.breadth(entry).isEmpty(), where);
          });
    }
  }

  @Test
  void lineOfACondition_isThatOfItsFile() {
    SuppressionSet set = set(entry("a", "sniff", "exe = 'x'\nAND nothing = 1"));
    assertEquals(
        11,
        replay(List.of(capture), set, EngineOptions.DEFAULT)
            .suppressions()
            .problems()
            .get(0)
            .line());
  }

  /** Whatever is suppressed, the findings are the same; and the order of entries says nothing. */
  @Test
  void findings_areTheSameWithAndWithout() {
    List<String> plain = facts(replay());
    List<String> atoms =
        List.of(
            "exe = '/usr/bin/tcpdump'",
            "exe_name = 'tcpdump'",
            "host = 'runner-7'",
            "exe IS NULL",
            "has_arg(argv, 'any')",
            "uid = 0",
            "true");
    Random random = new Random(7);
    for (int round = 0; round < 6; round++) {
      List<Suppression> entries = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String where =
            atoms.get(random.nextInt(atoms.size()))
                + (random.nextBoolean() ? " AND " : " OR NOT ")
                + atoms.get(random.nextInt(atoms.size()));
        entries.add(
            new Suppression(
                "e" + i,
                random.nextBoolean() ? "sniff" : "scan",
                where,
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(FIRST_US + 1001),
                FIRST_US + random.nextInt(3000),
                "o",
                "r",
                "f.yml",
                i,
                i));
      }
      ReplayResult result =
          replay(List.of(capture), new SuppressionSet(entries, List.of(), new TreeMap<>()), one());
      assertEquals(plain, facts(result));
      assertEquals(List.of(), result.suppressions().problems());
      assertEquals(
          result.suppressed(),
          result.suppressions().uses().stream().mapToLong(SuppressionUse::applied).sum());
      Collections.shuffle(entries, random);
      ReplayResult again =
          replay(
              List.of(capture),
              new SuppressionSet(entries, List.of(), new TreeMap<>()),
              EngineOptions.DEFAULT);
      assertEquals(result.findings(), again.findings());
      assertEquals(result.suppressions().uses(), again.suppressions().uses());
    }
  }

  private static EngineOptions one() {
    return new EngineOptions(1, "");
  }

  private static List<String> facts(ReplayResult result) {
    return result.findings().stream()
        .map(f -> f.id() + f.severity() + f.reason() + f.execution() + f.incident() + f.segment())
        .toList();
  }

  private static List<String> programs(List<Finding> findings) {
    return findings.stream().map(finding -> finding.execution().program()).toList();
  }

  private List<Breadth.Kind> broad(String where) {
    return replay(entry("a", "sniff", where)).suppressions().uses().get(0).broad().stream()
        .map(Breadth::kind)
        .toList();
  }

  private static Suppression entry(String id, String rule, String where) {
    return new Suppression(
        id, rule, where, OptionalLong.empty(), LATER, "owner", "reason", "f.yml", 7, 9);
  }

  private static Suppression entry(String id, String where, OptionalLong starts, long expires) {
    return new Suppression(id, "sniff", where, starts, expires, "owner", "reason", "f.yml", 7, 9);
  }

  private static SuppressionSet set(Suppression... entries) {
    return new SuppressionSet(List.of(entries), List.of(), new TreeMap<>());
  }

  private ReplayResult replay(Suppression... entries) {
    return replay(List.of(capture), set(entries), EngineOptions.DEFAULT);
  }

  private ReplayResult replay(List<Path> captures, SuppressionSet set, EngineOptions options) {
    return new Engine("trailcam test", options, Progress.NONE)
        .replay(CaptureSet.open(captures, name -> {}), rules, set);
  }
}
