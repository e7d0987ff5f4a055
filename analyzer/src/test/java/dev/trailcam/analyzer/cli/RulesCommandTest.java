// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
  private static final String HOSTILE = "\u001b[2J\u009b ::error::x ##[error] \u202e\u2028";

  @TempDir Path temp;

  @Test
  void list_hasEveryPackedRule() {
    Run table = run("list");
    assertEquals(0, table.code(), table.err());
    assertEquals("", table.err());
    RuleSet.packed()
        .rules()
        .forEach(
            rule ->
                assertTrue(
                    table.out().lines().anyMatch(line -> line.startsWith(rule.id() + " ")),
                    rule.id()));
    assertTrue(table.out().contains("net_sniff_raw_socket  "), table.out());
    Run ndjson = run("list", "--format", "ndjson");
    assertEquals(RuleSet.packed().rules().size(), ndjson.out().lines().count());
    assertTrue(ndjson.out().contains("\"id\":\"net_sniff_tool_exec\",\"version\":"), ndjson.out());
    assertTrue(run("list", "--format", "json").out().startsWith("{\n  \"rules\" : ["));
    assertEquals(2, run("list", "--format", "markdown").code());
  }

  @Test
  void list_ofABrokenRule_isNotFine() throws IOException {
    assertEquals(0, run("new", "good_rule", "-o", temp.toString()).code());
    Files.writeString(temp.resolve("broken.sql"), "SELECT 1");
    Run run = run("list", "-r", temp.toString());
    assertEquals(3, run.code());
    assertTrue(run.out().contains("good_rule"), run.out());
    assertTrue(run.err().contains("broken.sql:1: "), run.err());
  }

  @Test
  void show_rendersThePage() {
    Run run = run("show", "net_sniff_tool_exec");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("CRITICAL  A network sniffer was executed\n\n"), run.out());
    assertTrue(run.out().contains("\nATT&CK    T1040 Network Sniffing\n"), run.out());
    assertTrue(run.out().contains("\nWHAT TO DO\n\nCI/CD\n\n  1. Read the finding"), run.out());
    assertTrue(run.out().contains("`tcpdump`"), run.out());
    assertFalse(run.out().contains("FROM execs"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
    assertTrue(run("show", "--sql", "net_sniff_tool_exec").out().contains("\n  FROM hits\n"));
  }

  @Test
  void show_colorsOnlyIfAsked() {
    assertFalse(run("show", "net_sniff_tool_exec").out().contains("\u001b"));
    String colored = run("show", "--color", "always", "net_sniff_tool_exec").out();
    assertTrue(colored.contains("\u001b[36mtcpdump\u001b[0m"), colored);
    assertFalse(colored.contains("`tcpdump`"), colored);
    String bare = colored.replaceAll("\u001b\\[[0-9;]*m", "");
    assertTrue(bare.lines().allMatch(line -> line.length() <= 100), bare);
  }

  @Test
  void show_suggestsWhatWasMeant() {
    Run run = run("show", "net_mitm_tol_exec");
    assertEquals(2, run.code());
    assertEquals(
        """
        trailcam: there is no rule net_mitm_tol_exec; did you mean net_mitm_tool_exec?
        trailcam: try: trailcam rules show --help
        """,
        run.err());
    assertTrue(run("show", "qqqqqq").err().contains("trailcam rules list"));
    assertTrue(run("show", HOSTILE).err().contains("there is no rule \\x1b[2J"));
  }

  @Test
  void newRule_passesLintAndFindsNothing() throws IOException {
    Path rules = Files.createDirectories(temp.resolve("rules"));
    Run run =
        run("new", "--tactic", "discovery", "--technique", "T1046", "-o", "" + temp, "my_rule");
    assertEquals(0, run.code(), run.err());
    Path directory = rules.resolve("discovery");
    assertEquals(
        directory
            + "/my_rule.sql\n"
            + directory
            + "/my_rule.md\n"
            + directory
            + "/my_rule.cases.yml\n",
        run.out());
    Run lint = run("lint", temp.toString());
    assertEquals("", lint.out());
    assertEquals(0, lint.code(), lint.err());
    assertEquals("trailcam: looked at 1 rule and 0 lists: nothing is wrong\n", lint.err());
    assertTrue(run("list", "-r", "" + temp).out().contains("experimental  TA0007 T1046  3"));
    Run test = Run.of("test", temp.toString());
    assertEquals(1, test.code(), test.err());
    assertTrue(test.out().contains("Failed: 1 of 3 checks"), test.out());
    assertTrue(test.out().contains("my_rule  fires: started by name"), test.out());
  }

  @Test
  void newRule_overwritesNothing() throws IOException {
    Path page = Files.writeString(temp.resolve("my_rule.md"), "mine");
    Run run = run("new", "my_rule", "-o", temp.toString());
    assertEquals(2, run.code());
    assertTrue(run.err().contains("my_rule.md exists already"), run.err());
    assertEquals("mine", Files.readString(page));
    assertFalse(Files.exists(temp.resolve("my_rule.sql")));
  }

  @Test
  void newRule_needsSensibleNames() {
    for (String id : List.of("../x", "a/b", "My", "1a", "", "a".repeat(101))) {
      assertEquals(2, run("new", id, "-o", temp.toString()).code(), id);
    }
    assertEquals(2, run("new", "a", "--tactic", "sniffing", "-o", temp.toString()).code());
    assertEquals(2, run("new", "a", "--technique", "T1", "-o", temp.toString()).code());
    Run other = run("new", "a", "--tactic", "impact", "--technique", "T1046", "-o", "" + temp);
    assertEquals(2, other.code());
    assertTrue(other.err().contains("T1046 serves TA0007"), other.err());
    assertEquals(0, run("new", "a", "--tactic", "TA0007", "-o", temp.toString()).code());
  }

  @Test
  void lint_printsOneProblemPerLine() throws IOException {
    assertEquals(0, run("new", "my_rule", "-o", temp.toString()).code());
    Files.delete(temp.resolve("my_rule.cases.yml"));
    Run run = run("lint", temp.toString());
    assertEquals(3, run.code());
    assertEquals(
        temp + "/my_rule.cases.yml: CASES is missing: a rule has cases that test it\n", run.out());
    assertEquals("trailcam: looked at 1 rule and 0 lists: 1 problem\n", run.err());
    assertEquals("", run("lint", "-q", temp.toString()).err());
    assertEquals(
        "{\"file\":\""
            + temp
            + "/my_rule.cases.yml\",\"line\":0,\"code\":\"CASES\",\"message\":\"is missing: a rule has"
            + " cases that test it\"}\n",
        run("lint", "--format", "ndjson", temp.toString()).out());
    assertEquals(3, run("lint", temp.resolve("nothing").toString()).code());
    assertEquals(0, run("lint").code());
  }

  @Test
  void lock_isWrittenAndRefused() throws IOException {
    assertEquals(0, run("new", "my_rule", "-o", temp.toString()).code());
    Path rule = temp.resolve("my_rule.sql");
    Files.writeString(rule, Files.readString(rule).replace("experimental", "test"));
    Run written = run("lock", temp.toString());
    assertEquals(0, written.code(), written.err());
    assertEquals("trailcam: wrote " + temp + "/rules.lock\n", written.err());
    assertTrue(run("lock", temp.toString()).err().contains("is up to date"));
    String before = Files.readString(temp.resolve("rules.lock"));
    Files.writeString(rule, Files.readString(rule).replace("1 = 0", "1 = 1"));
    Run refused = run("lock", temp.toString());
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("raise its version"), refused.err());
    assertEquals(before, Files.readString(temp.resolve("rules.lock")));
    Files.writeString(rule, Files.readString(rule).replace("version: 1", "version: 2"));
    assertEquals(0, run("lock", temp.toString()).code());
    assertEquals(0, run("lint", temp.toString()).code());
    assertEquals(2, run("lock", rule.toString()).code());
    try (var files = Files.list(temp)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
  }

  @Test
  void hostileText_reachesNoTerminal() throws IOException {
    assertEquals(0, run("new", "my_rule", "-o", temp.toString()).code());
    Path page = temp.resolve("my_rule.md");
    Files.writeString(
        page,
        Files.readString(page).replace("Say what", "::error::y " + HOSTILE + " `" + HOSTILE + "`"));
    Files.writeString(temp.resolve("my_rule.cases.yml"), "fires: " + HOSTILE);
    Path rule = temp.resolve("my_rule.sql");
    Files.writeString(rule, Files.readString(rule) + "-- " + HOSTILE + "\n");
    for (List<String> arguments :
        List.of(
            List.of("list", "-r", temp.toString()),
            List.of("show", "--sql", "-r", temp.toString(), "my_rule"),
            List.of("lint", temp.toString()),
            List.of("lint", "--format", "json", temp.toString()),
            List.of("new", HOSTILE))) {
      Run run = run(arguments.toArray(String[]::new));
      String all = run.out() + run.err();
      assertFalse(all.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), all);
      assertFalse(all.contains("##["), all);
      assertTrue(all.lines().noneMatch(line -> line.strip().startsWith("::")), all);
    }
  }

  @Test
  void usage() {
    assertEquals(2, run().code());
    assertEquals(2, run("watch").code());
    for (String verb : List.of("list", "show", "lint", "new", "lock")) {
      Run help = run(verb, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("Examples:\n  trailcam rules " + verb), help.out());
      assertTrue(help.out().contains("Exit codes:"), help.out());
    }
  }

  private static Run run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "rules";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Run.of(all);
  }
}
