// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.engine.RuleTexts.Text;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile rules among good ones, in one replay. */
class HostileRulesTest {
  private static final String HEADER =
      """
      -- id: %s
      -- version: 1
      -- title: Test
      -- description: A test
      -- severity: low
      -- status: experimental
      -- surface: 1

      """;
  private static final int HEADER_LINES = (int) HEADER.lines().count();
  private static final String GOOD =
      "SELECT exec_id, 'it sniffs' AS reason FROM execs WHERE has_arg(program_names, 'tcpdump')";

  @TempDir Path temp;
  private Path capture;
  private Path rules;

  @BeforeEach
  void prepare() throws IOException {
    capture = CaptureFixture.at(temp.resolve("c")).exec("/usr/bin/tcpdump", "tcpdump").write();
    rules = Files.createDirectory(temp.resolve("rules"));
  }

  @Test
  void all_areNamedAndTouchNothing() throws IOException {
    // Good ones come first, in between and last: rules run in the order of their ids.
    rule("a_good", GOOD);
    rule("h100_good", GOOD);
    rule("z_good", GOOD);
    List<Text> texts = RuleTexts.hostile();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Path file = rule("h%03d".formatted(i), texts.get(i).sql());
      int line = texts.get(i).line();
      expected.add(file + ":" + (line == 0 ? 0 : line + HEADER_LINES));
    }
    ReplayResult result = replay(EngineOptions.DEFAULT);

    Set<String> places = new HashSet<>();
    Set<String> reasons = new HashSet<>();
    for (RuleProblem problem : result.ruleProblems()) {
      places.add(problem.file() + ":" + problem.line());
      reasons.add(problem.message());
    }
    expected.removeAll(places);
    assertEquals(List.of(), expected);
    assertTrue(reasons.stream().noneMatch(String::isBlank));
    assertEquals(
        List.of("a_good", "h100_good", "z_good"),
        result.findings().stream().map(finding -> finding.rule().id()).toList());
    assertEquals(3, result.rules().size());
    System.out.println(texts.size() + " of " + texts.size() + " hostile rules refused");
  }

  @Test
  void tooSlow_isStoppedAndTheOthersRun() throws IOException {
    rule("a_good", GOOD);
    String numbers = "(VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)) AS v";
    StringBuilder product = new StringBuilder("SELECT exec_id, 'x' AS reason FROM execs");
    StringBuilder sum = new StringBuilder("pid");
    for (int i = 0; i < 14; i++) {
      product.append(", ").append(numbers).append(i).append("(n)");
      sum.append(" + v").append(i).append(".n");
    }
    rule("b_slow", product + " WHERE (" + sum + ") % 7 = 9");
    rule("c_good", GOOD);
    ReplayResult result = replay(new EngineOptions(0, "", Duration.ofSeconds(1)));
    assertEquals(
        List.of(
            rules.resolve("b_slow.sql")
                + ": was stopped after 1 s; make it cheaper or allow more with --rule-timeout"),
        result.ruleProblems().stream().map(RuleProblem::toString).toList());
    assertEquals(
        List.of("a_good", "c_good"),
        result.findings().stream().map(finding -> finding.rule().id()).toList());
  }

  @Test
  void engineErrors_nameTheAuthorsLine() throws IOException {
    rule(
        "bad",
        """
        WITH a AS (
          SELECT exec_id,
            'two
        lines' AS reason,
            argv
          FROM execs
        )
        SELECT exec_id, reason
        FROM a
        WHERE reason <> 'größer'
          AND length(exec_id, 3) > 1\
        """);
    rule("type", "SELECT exec_id, 'x' AS reason FROM execs\nWHERE pid\n  > 'many'");
    rule(
        "column",
        "SELECT e.exec_id, 'x' AS reason\nFROM execs AS e, exits AS x\nWHERE\n e.core_dumped");
    ReplayResult result = replay(EngineOptions.DEFAULT);
    assertEquals(
        List.of(
            "bad.sql:" + (HEADER_LINES + 11),
            "column.sql:" + (HEADER_LINES + 4),
            "type.sql:" + (HEADER_LINES + 3)),
        result.ruleProblems().stream()
            .filter(problem -> problem.line() > 0)
            .map(problem -> Path.of(problem.file()).getFileName() + ":" + problem.line())
            .toList());
  }

  @Test
  void check_tellsEverythingWithoutEvidence() throws IOException {
    rule("good", GOOD);
    rule("two", "SELECT exec_id, now() AS reason\nFROM raw_execs");
    rule("unbound", "SELECT exec_id, 'x' AS reason FROM execs AS e, exits AS x");
    List<String> found = new ArrayList<>();
    new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE)
        .check(RuleSet.of(List.of(rules)))
        .forEach(
            (rule, violations) ->
                violations.forEach(v -> found.add(rule.id() + ":" + v.line() + ": " + v.code())));
    assertEquals(
        List.of(
            "two:" + (HEADER_LINES + 1) + ": FUNCTION",
            "two:" + (HEADER_LINES + 2) + ": TABLE",
            "unbound:" + (HEADER_LINES + 1) + ": BINDING"),
        found);
  }

  private Path rule(String id, String sql) throws IOException {
    return Files.writeString(rules.resolve(id + ".sql"), HEADER.formatted(id) + sql);
  }

  private ReplayResult replay(EngineOptions options) {
    return new Engine("trailcam test", options, Progress.NONE)
        .replay(CaptureSet.open(List.of(capture), name -> {}), RuleSet.of(List.of(rules)));
  }
}
