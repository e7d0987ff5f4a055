// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trailcam.capture.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSetTest {
  private static final String GOOD =
      """
      -- SPDX-License-Identifier: Apache-2.0
      -- id: a_rule
      -- version: 3
      -- title: "A title: with a colon"
      -- description: >-
      --   Two
      --   lines.
      -- severity: high
      -- status: stable
      -- attack:
      --   tactics: [TA0007]
      --   techniques: [T1040, T1059.004]
      -- surface: 1
      -- references: [https://example.org/]
      -- false_positives:
      --   - An admin.
      SELECT exec_id, 'x' AS reason FROM execs
      """;
  private static final String PAGE =
      """
      # A title

      ## What it sees
      Something.

      ## Why it matters
      ### CI/CD
      Because.
      ### Staging
      Because.
      ### Production
      Because.

      ## What to do
      ### CI/CD
      1. Stop the `job`.
      2. Rotate *every*
         secret.
      ### Staging
      Look.
      ### Production
      - One.
      - Two.

      ## What it misses
      Much.

      ## Benign causes
      None.
      """;

  @TempDir Path temp;

  @Test
  void goodRule_isRead() throws IOException {
    write("a_rule", GOOD, PAGE);
    RuleSet set = RuleSet.of(List.of(temp));
    assertEquals(List.of(), set.problems());
    Rule rule = set.rules().get(0);
    assertEquals("a_rule", rule.id());
    assertEquals(3, rule.version());
    assertEquals("A title: with a colon", rule.title());
    assertEquals("Two lines.", rule.description());
    assertEquals(Severity.HIGH, rule.severity());
    assertEquals(List.of("T1040", "T1059.004"), rule.techniques());
    assertEquals(
        "1. Stop the `job`.\n2. Rotate every secret.", rule.page().whatToDo().get(Environment.CI));
    assertEquals("- One.\n- Two.", rule.page().whatToDo().get(Environment.PRODUCTION));
  }

  @Test
  void everythingThatIsWrong_isSaidAtOnceWithItsLine() throws IOException {
    write(
        "bad",
        GOOD.replace("id: a_rule", "id: other")
            .replace("severity: high", "severity: bad")
            .replace("T1040,", "X1040,")
            .replace("version: 3", "sevrity: 3"),
        PAGE);
    assertEquals(
        List.of(
            "bad.sql:1: metadata lacks version (a number from 1)",
            "bad.sql:8: severity must be one of informational low medium high critical",
            "bad.sql:12: attack.techniques must be a list of ids such as T1059.004",
            "bad.sql:3: metadata has an unknown key: sevrity",
            "bad.sql: has the id other: id and file name must agree"),
        problems(temp));
  }

  @Test
  void badPage_isNamedAndTheRuleStillRuns() throws IOException {
    write("a_rule", GOOD, PAGE.replace("## Benign causes", "## Benign"));
    assertEquals(
        List.of(
            "a_rule.md:28: has an unknown heading: Benign",
            "a_rule.md: lacks the heading: Benign causes"),
        problems(temp));
    assertEquals(1, RuleSet.of(List.of(temp)).rules().size());
    Files.delete(temp.resolve("a_rule.md"));
    assertEquals(
        List.of("a_rule.md: is missing: only an experimental rule may lack its page"),
        problems(temp));
  }

  @Test
  void noRules_isAnError() throws IOException {
    assertEquals(
        List.of(temp.getFileName() + ": holds no rule (no .sql file in it)"), problems(temp));
    assertEquals(
        List.of("nothing.sql: cannot be read: it does not exist"),
        problems(temp.resolve("nothing.sql")));
    Files.write(temp.resolve("latin.sql"), new byte[] {'-', '-', (byte) 0xe4});
    Files.writeString(temp.resolve("none.sql"), "SELECT 1");
    Files.writeString(temp.resolve("yaml.sql"), "-- id: [\n-- version: 1\n");
    assertEquals(
        List.of(
            "latin.sql: is no UTF-8 text",
            "none.sql:1: does not begin with metadata: leading comment lines such as -- id: my_rule",
            "yaml.sql:3: metadata is no valid YAML: expected ',' or ']', but got <stream end>"),
        problems(temp));
  }

  @Test
  void sameId_twice_isAnError() throws IOException {
    write("a_rule", GOOD, PAGE);
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(other.resolve("a_rule.sql"), GOOD.replace("stable", "experimental"));
    assertEquals(
        List.of("a_rule.sql: has the id of " + temp + "/a_rule.sql; ids must be unique"),
        problems(temp));
  }

  @Test
  void packedRules_areGood() {
    RuleSet packed = RuleSet.packed();
    assertEquals(List.of(), packed.problems());
    assertFalse(packed.rules().isEmpty());
  }

  private void write(String stem, String sql, String page) throws IOException {
    Files.writeString(temp.resolve(stem + ".sql"), sql);
    Files.writeString(temp.resolve(stem + ".md"), page);
  }

  /** Problems with the file's name only. */
  private static List<String> problems(Path path) {
    return RuleSet.of(List.of(path)).problems().stream()
        .map(
            problem ->
                new RuleProblem(
                        Path.of(problem.file()).getFileName().toString(),
                        problem.line(),
                        problem.message())
                    .toString())
        .toList();
  }
}
