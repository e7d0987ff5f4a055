// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.RuleCollection;
import dev.trailcam.analyzer.rules.RuleLock;
import dev.trailcam.analyzer.rules.RuleScaffold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Begins with a sound rule, a sound list and a sound lock, and breaks one thing after another. */
class RuleLintTest {
  private static final String LIST =
      "name,tool,purpose,source\nalpha,Alpha,asks,Debian\nbeta,Beta,\"answers, too\",Debian\n";

  @TempDir Path root;
  private Path rules;

  @BeforeEach
  void writeSoundRule() throws IOException {
    rules = Files.createDirectories(root.resolve("rules/discovery"));
    AttackCatalogue attack = AttackCatalogue.packed();
    Map<String, String> files =
        RuleScaffold.files(
            "a_rule",
            attack.find("TA0007").orElseThrow(),
            List.of(attack.find("T1040").orElseThrow()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(rules.resolve(file.getKey()), file.getValue());
    }
    change(
        "rules/discovery/a_rule.sql",
        "WHERE has_arg(e.program_names, 'name-of-the-program') AND 1 = 0",
        "JOIN tools AS t ON has_arg(e.program_names, t.name)",
        "status: experimental",
        "status: test");
    Files.createDirectories(root.resolve("lists"));
    Files.writeString(root.resolve("lists/tools.csv"), LIST);
    lock();
  }

  @Test
  void soundRule_hasNoProblem() {
    assertEquals(List.of(), lint());
    LintResult result = RuleLint.check(RuleCollection.of(List.of(root)));
    assertEquals(1, result.rules());
    assertEquals(1, result.lists());
  }

  @Test
  void packedRules_haveNoProblem() {
    LintResult result = RuleLint.check(RuleCollection.packed());
    assertEquals(List.of(), result.problems());
    assertTrue(result.rules() >= 3 && result.lists() >= 3, result::toString);
  }

  @Test
  void packedLock_isWhatWouldBeWritten() {
    RuleCollection packed = RuleCollection.packed();
    RuleLock lock = packed.lock().orElseThrow();
    assertEquals(
        RuleLock.empty("").update(packed.rules(), packed.lists(), rule -> {}).text(), lock.text());
  }

  @Test
  void metadata() throws IOException {
    change("rules/discovery/a_rule.sql", "severity: medium", "sevrity: medium");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.sql:1: RULE metadata lacks severity (one of informational low"
                + " medium high critical)",
            "rules/discovery/a_rule.sql:6: RULE metadata has an unknown key: sevrity"),
        lint());
  }

  @Test
  void attackIds() throws IOException {
    change(
        "rules/discovery/a_rule.sql",
        "[TA0007]",
        "[TA0010, TA0099]",
        "[T1040]",
        "[T1040, T1059.001]");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.sql:9: ATTACK-ID TA0099 is no tactic known on Linux in ATT&CK 18.0",
            "rules/discovery/a_rule.sql:10: ATTACK-ID T1059.001 is no technique known on Linux in"
                + " ATT&CK 18.0"),
        lint());
    change(
        "rules/discovery/a_rule.sql",
        "[TA0010, TA0099]",
        "[TA0010]",
        "[T1040, T1059.001]",
        "[T1040]");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.sql:9: ATTACK-TACTIC names TA0010 (Exfiltration), and none of its"
                + " techniques serves that tactic"),
        lint());
    change("rules/discovery/a_rule.sql", "[TA0010]", "[]");
    assertEquals(
        List.of("rules/discovery/a_rule.sql:8: ATTACK-TACTIC names no tactic of ATT&CK"), lint());
  }

  @Test
  void statements() throws IOException {
    change(
        "rules/discovery/a_rule.sql",
        "FROM execs AS e",
        "FROM execs AS e JOIN secrets AS s ON true",
        "AS reason",
        "|| now() AS reason");
    Files.writeString(rules.resolve("b_rule.sql"), "-- id: b_rule\nSELECT 1; DROP TABLE x\n");
    List<String> lines = lint();
    assertTrue(has(lines, "a_rule.sql:19: SQL-FUNCTION calls now"), lines::toString);
    assertTrue(has(lines, "a_rule.sql:20: SQL-TABLE reads secrets"), lines::toString);
    assertTrue(has(lines, "b_rule.sql: SQL-STATEMENT "), lines::toString);
    assertTrue(has(lines, "b_rule.sql:1: RULE metadata lacks version"), lines::toString);
  }

  @Test
  void names_areBoundToTheViews() throws IOException {
    change("rules/discovery/a_rule.sql", "e.exec_id,", "e.exec_id + e.argv AS exec_id,");
    List<String> lines = lint();
    assertTrue(has(lines, "a_rule.sql:18: SQL-BINDING "), lines::toString);
    change("rules/discovery/a_rule.sql", "e.exec_id + e.argv", "e.exec_ids");
    List<String> unknown = lint();
    assertTrue(has(unknown, "a column named \"exec_ids\""), unknown::toString);
  }

  @Test
  void patterns() throws IOException {
    change(
        "rules/discovery/a_rule.sql",
        "t.name)",
        "t.name) AND matches(e.exe, '^/x(?=' || 'y)')\n  AND any_matches(e.argv, t.purpose)",
        "status: test",
        "status: experimental");
    Files.writeString(
        root.resolve("lists/tools.csv"),
        "name,tool,purpose,source\na,A,^--?h$,Debian\nb,B,[[:alpha:]],Debian\nc,C,x{3000},Debian\n");
    assertEquals(
        List.of(
            "lists/tools.csv:3: PATTERN the pattern '[[:alpha:]]' has a class such as [:alpha:], which"
                + " Java takes for its letters; write [A-Za-z]",
            "lists/tools.csv:4: PATTERN the pattern 'x{3000}' is refused by RE2: Invalid Input Error:"
                + " invalid repetition size: {3000}",
            "rules/discovery/a_rule.sql: SQL-BINDING Invalid Input Error: invalid perl operator: (?=",
            "rules/discovery/a_rule.sql:22: PATTERN the pattern '^/x(?=y)' looks ahead or behind,"
                + " which RE2 cannot"),
        lint());
  }

  private static boolean has(List<String> lines, String part) {
    return lines.stream().anyMatch(line -> line.contains(part));
  }

  @Test
  void page() throws IOException {
    change("rules/discovery/a_rule.md", "# A rule", "# Another", "## Benign causes", "## Benign");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.md: PAGE lacks the heading: Benign causes",
            "rules/discovery/a_rule.md:1: PAGE-TITLE must begin with the rule's title: # A rule",
            "rules/discovery/a_rule.md:41: PAGE has an unknown heading: Benign"),
        lint());
    Files.delete(rules.resolve("a_rule.md"));
    assertEquals(
        List.of(
            "rules/discovery/a_rule.md: PAGE is missing: only an experimental rule may lack its page"),
        lint());
  }

  @Test
  void pageOrder() throws IOException {
    change(
        "rules/discovery/a_rule.md",
        "## What it misses",
        "## X",
        "## Benign causes",
        "## What it misses",
        "## X",
        "## Benign causes");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.md:37: PAGE-ORDER has this heading in another place than every"
                + " other page"),
        lint());
  }

  @Test
  void cases() throws IOException {
    Files.writeString(
        rules.resolve("a_rule.cases.yml"), "fires: []\nsilent: []\nknown_misses: []\n");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.cases.yml: CASES-FIRES has no case that fires",
            "rules/discovery/a_rule.cases.yml: CASES-SILENT has no case that comes near and stays"
                + " silent",
            "rules/discovery/a_rule.cases.yml: CASES-MISSES has no known miss; every rule has one,"
                + " say which"),
        lint());
    Files.writeString(rules.resolve("a_rule.cases.yml"), "fires: [\n");
    assertEquals(1, lint().stream().filter(line -> line.contains(".cases.yml:2: CASES ")).count());
    Files.delete(rules.resolve("a_rule.cases.yml"));
    assertEquals(
        List.of(
            "rules/discovery/a_rule.cases.yml: CASES is missing: a rule has cases that test it"),
        lint());
  }

  @Test
  void lists() throws IOException {
    Files.writeString(
        root.resolve("lists/tools.csv"),
        "name,tool,source\nb,B,Debian\na,A,Debian\na,A,Kali\n,C,Debian\nd,D,\ne,E\n");
    lock();
    assertEquals(
        List.of(
            "lists/tools.csv:3: LIST-ORDER has a behind b; sort the entries",
            "lists/tools.csv:4: LIST-ORDER has a twice",
            "lists/tools.csv:5: LIST-BLANK has no name",
            "lists/tools.csv:5: LIST-ORDER has  behind a; sort the entries",
            "lists/tools.csv:6: LIST-BLANK does not say where d is from",
            "lists/tools.csv:7: LIST has 2 values for 3 columns"),
        lint());
    Files.writeString(root.resolve("lists/tools.csv"), "name\na\n");
    Files.writeString(root.resolve("lists/unused.csv"), "name,source\na,Debian\n");
    lock();
    assertEquals(
        List.of(
            "lists/tools.csv:1: LIST-COLUMNS has no column source: say where each entry comes from",
            "lists/unused.csv: LIST-UNUSED is joined by no rule; remove it or use it"),
        lint());
    assertEquals(
        List.of(),
        RuleLint.check(RuleCollection.of(List.of(rules))).problems().stream()
            .filter(problem -> problem.code() == LintCode.LIST_UNUSED)
            .toList(),
        "a part of the rules does not say which lists are unused");
  }

  @Test
  void changedLogic_isTold() throws IOException {
    change("rules/discovery/a_rule.sql", "FROM execs", "-- a comment\nFROM   execs");
    assertEquals(List.of(), lint());
    change("rules/discovery/a_rule.sql", "t.name)", "t.tool)");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.sql:2: LOCK-LOGIC its SQL or a list it names (tools) changed;"
                + " make it version 2 and run trailcam rules lock"),
        lint());
    change("rules/discovery/a_rule.sql", "version: 1", "version: 2");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.sql:2: LOCK-MISSING is in ROOT/rules.lock with version 1; run"
                + " trailcam rules lock"),
        lint());
    lock();
    assertEquals(List.of(), lint());
    change("rules/discovery/a_rule.sql", "version: 2", "version: 1");
    assertEquals(
        List.of(
            "rules/discovery/a_rule.sql:2: LOCK-VERSION has version 1 and had 2; versions only grow"),
        lint());
  }

  @Test
  void changedList_isTold() throws IOException {
    Files.writeString(root.resolve("lists/tools.csv"), LIST.replace("Debian", "Kali"));
    assertEquals(List.of(), lint());
    Files.writeString(root.resolve("lists/tools.csv"), LIST + "gamma,Gamma,waits,Debian\n");
    assertEquals(1, lint().size());
    assertTrue(lint().get(0).contains(": LOCK-LOGIC "), lint()::toString);
    change("rules/discovery/a_rule.sql", "status: test", "status: experimental");
    assertEquals(List.of(), lint(), "an experimental rule promises nothing");
  }

  @Test
  void lockAndRules_agree() throws IOException {
    Files.writeString(
        root.resolve("rules.lock"), "gone 1 " + "0".repeat(64) + "\nno line of a lock\n");
    assertEquals(
        List.of(
            "rules.lock:1: LOCK-STRAY names gone, and there is no such rule; run trailcam rules lock",
            "rules.lock:2: LOCK is no line of a lock: an id, a version and a SHA-256",
            "rules/discovery/a_rule.sql:2: LOCK-MISSING is not in ROOT/rules.lock; run trailcam rules"
                + " lock"),
        lint());
    Files.delete(root.resolve("rules.lock"));
    assertEquals(List.of(), lint(), "who wants no lock has none");
  }

  @Test
  void everythingAtOnce() throws IOException {
    change("rules/discovery/a_rule.sql", "version: 1", "version: one", "SELECT", "SELEC");
    Files.delete(rules.resolve("a_rule.cases.yml"));
    Files.writeString(root.resolve("lists/tools.csv"), "name\nb\na\n");
    List<String> codes =
        RuleLint.check(RuleCollection.of(List.of(root))).problems().stream()
            .map(problem -> problem.code().id())
            .toList();
    assertTrue(
        codes.containsAll(List.of("RULE", "CASES", "LIST-COLUMNS", "LIST-ORDER")), codes::toString);
  }

  @Test
  void hostileFiles_areNamed() throws IOException {
    Files.write(rules.resolve("latin.sql"), new byte[] {'-', '-', (byte) 0xe4});
    Files.write(root.resolve("lists/latin.csv"), new byte[] {(byte) 0xe4});
    Files.writeString(root.resolve("lists/quote.csv"), "name,source\n\"a,b\n");
    Files.createDirectory(rules.resolve("directory.sql"));
    List<String> lines = lint();
    assertTrue(lines.contains("lists/latin.csv: LIST is no UTF-8 text"), lines::toString);
    assertTrue(lines.contains("rules/discovery/latin.sql: RULE is no UTF-8 text"), lines::toString);
    assertTrue(lines.stream().noneMatch(line -> line.contains("directory.sql")), lines::toString);
  }

  private void lock() throws IOException {
    RuleCollection collection = RuleCollection.of(List.of(root));
    Files.writeString(
        root.resolve("rules.lock"),
        RuleLock.empty("").update(collection.rules(), collection.lists(), rule -> {}).text());
  }

  private void change(String file, String... replacements) throws IOException {
    String text = Files.readString(root.resolve(file));
    for (int i = 0; i < replacements.length; i += 2) {
      assertTrue(text.contains(replacements[i]), replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    Files.writeString(root.resolve(file), text);
  }

  /** Every problem as it is printed, the directory left out. */
  private List<String> lint() {
    return RuleLint.check(RuleCollection.of(List.of(root))).problems().stream()
        .map(LintProblem::toString)
        .map(line -> line.replaceFirst("^" + root + "/", "").replace(root.toString(), "ROOT"))
        .toList();
  }
}
