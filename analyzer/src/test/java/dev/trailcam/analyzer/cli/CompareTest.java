// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.capture.CiContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class CompareTest {
  private static final CiContext CI =
      new CiContext(
          "github",
          "group/app",
          "2f7e1b94c0d5a863e1f0",
          "main",
          "push",
          "alice",
          "1",
          "1",
          "build",
          "ci");

  @TempDir Path temp;
  private Path base;

  @BeforeEach
  void writeBase() {
    base = temp.resolve("base");
    for (int i = 1; i <= 3; i++) {
      usual("base/run-" + i, i).write();
    }
  }

  private CaptureFixture usual(String name, int run) {
    return CaptureFixture.at(temp.resolve(name))
        .id("run-" + name.replace('/', '-'))
        .ci(CI)
        .exec("/usr/bin/make", "make")
        .exec("/usr/bin/gcc", "gcc", "-o", "/tmp/cc" + "AbCdEfGhI".substring(run, run + 6) + ".o")
        .exec("/usr/bin/npm", "npm", "install", "left-pad@1.3." + run);
  }

  private Run compare(Path head, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "compare";
    arguments[1] = base.toString();
    arguments[2] = "--head";
    arguments[3] = head.toString();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Run.of(arguments);
  }

  private static JsonNode json(Run run) {
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void sameRun_withOtherNoise_isNothingNew() {
    Run run = compare(usual("head", 2).write());
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        Nothing new, and nothing is missing
        base      3 runs, 9 executions
        head      1 run, 3 executions
        ci        commit 2f7e1b94c0d5, of group/app, ref main, by alice, run 1, job build
        """,
        run.out());
  }

  @Test
  void sniffer_isTheFirstThingTold() {
    Path head = usual("head", 2).exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo").write();
    Run run = compare(head);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out()
            .startsWith(
                """
                New: 1 finding, 1 program, 1 lineage, 1 argument shape, 0 directories, 0 users
                base      3 runs, 9 executions
                head      1 run, 4 executions
                ci        commit 2f7e1b94c0d5, of group/app, ref main, by alice, run 1, job build

                FINDINGS
                  critical net_sniff_tool_exec"""),
        run.out());
    assertTrue(run.out().contains("of group/app, run 1, job build"));
    assertEquals(1, compare(head, "--fail-on", "high").code());
  }

  @Test
  void findingThatBaseHasToo_isNotNew() {
    usual("base/run-4", 1).exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo").write();
    Path same = usual("same", 2).exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo").write();
    assertEquals(0, compare(same, "--fail-on", "low").code());
    Path other = usual("other", 2).exec("/usr/bin/tcpdump", "tcpdump", "-w", "all").write();
    assertEquals(1, compare(other, "--fail-on", "low").code());
    JsonNode rare = json(compare(same, "--seen-in", "1", "--format", "json"));
    assertEquals("/usr/bin/tcpdump", rare.at("/new/0/shape/0").stringValue());
    assertEquals(1, rare.at("/new/0/base_runs").intValue());
  }

  @Test
  void newFindingThatIsSuppressed_isCountedAndKept() throws IOException {
    Path file =
        Files.writeString(temp.resolve("suppressions.yml"), suppression("exe LIKE '/usr/%'"));
    Path head = usual("head", 2).exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo").write();

    Run run = compare(head, "--suppressions", file.toString(), "--fail-on", "low");

    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("New: 0 findings, 1 program"), run.out());
    assertTrue(
        run.out()
            .contains(
                "note      1 new finding is suppressed: --show-suppressed and json list what is\n"),
        run.out());
    assertFalse(run.out().contains("net_sniff_tool_exec"), run.out());
    for (String format : List.of("table", "markdown")) {
      Run shown =
          compare(head, "--suppressions", file.toString(), "--show-suppressed", "--format", format);
      assertTrue(shown.out().contains("net_sniff_tool_exec"), shown.out());
      assertTrue(
          shown
              .out()
              .replace("`", "")
              .replaceAll(" +", " ")
              .contains(" by lab, owner ops, until 2100-01-01T00:00:00.000000000Z: the lab"),
          shown.out());
    }
    JsonNode json = json(compare(head, "--suppressions", file.toString(), "--format", "json"));
    assertEquals("lab", json.at("/findings/0/suppression/id").stringValue());
    assertEquals(0, json.at("/summary/findings/total").intValue());
    assertEquals(1, json.at("/summary/suppressed_findings/total").intValue());
    assertEquals(1, json.at("/summary/suppressions/entries/0/applied").intValue());
  }

  @Test
  void suppression_isOfTheOneAndNotOfTheOther() throws IOException {
    Path file =
        Files.writeString(temp.resolve("suppressions.yml"), suppression("has_arg(argv, 'lo')"));
    Path head =
        usual("head", 2)
            .exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo")
            .exec("/usr/bin/tcpdump", "tcpdump", "-i", "eth0")
            .write();
    JsonNode json = json(compare(head, "--suppressions", file.toString(), "--format", "json"));
    assertEquals(1, json.at("/summary/findings/total").intValue());
    assertEquals(1, json.at("/summary/suppressed_findings/total").intValue());
    assertTrue(json.at("/findings/0/suppression").isNull());
    assertEquals(1, compare(head, "--suppressions", file.toString(), "--fail-on", "low").code());
  }

  @Test
  void brokenSuppression_isToldAndSuppressesNothing() throws IOException {
    Path file = Files.writeString(temp.resolve("suppressions.yml"), suppression("no_column = 1"));
    Path head = usual("head", 2).exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo").write();
    Run run = compare(head, "--suppressions", file.toString());
    assertEquals(3, run.code(), run.err());
    assertTrue(run.out().startsWith("New: 1 finding, "), run.out());
    assertTrue(
        run.out().contains("1 mistake in suppressions: not every entry is heeded"), run.out());
    assertTrue(run.err().contains("suppressions.yml:"), run.err());
  }

  private static String suppression(String where) {
    return """
        - id: lab
          rule: net_sniff_tool_exec
          where: %s
          owner: ops
          reason: the lab
          expires: 2100-01-01
        """
        .formatted(where);
  }

  @Test
  void incompleteBase_isSaidFirst_andExits4() {
    usual("base/run-4", 1).lost(7).write();
    Path head = usual("head", 2).exec("/usr/bin/tcpdump", "tcpdump").write();
    Run run = compare(head, "--fail-on", "low");
    assertEquals(4, run.code(), run.err());
    assertTrue(run.out().startsWith("Inconclusive: 1 finding, 1 program"), run.out());
    assertTrue(run.out().contains("missing   base: "), run.out());
    Run json = compare(head, "--format", "json");
    assertEquals("inconclusive", json(json).at("/summary/verdict").stringValue());
    assertTrue(json.err().contains("run-4"), json.err());
  }

  @Test
  void incompleteHead_withNothingNew_isNotClean() {
    Run run = compare(usual("head", 2).withoutEnd().write());
    assertEquals(4, run.code(), run.err());
    assertTrue(run.out().startsWith("Inconclusive: nothing new seen, but"), run.out());
  }

  @Test
  void headAmongTheBase_isNoRunOfTheBase() {
    Path head = usual("base/run-9", 2).exec("/usr/bin/tcpdump", "tcpdump").write();
    Run run = compare(head);
    assertTrue(run.out().contains("base      3 runs"), run.out());
    assertTrue(run.out().startsWith("New: 1 finding"), run.out());
    Run alone = Run.of("compare", head.toString(), "--head", head.toString());
    assertEquals(4, alone.code());
    assertTrue(alone.out().contains("There is no run to compare with"), alone.out());
  }

  @Test
  void otherJob_isNoted() {
    Run run = compare(usual("head", 2).ci(CiContext.NONE).write());
    assertTrue(run.out().contains("3 of 3 runs of the base are of another project"), run.out());
  }

  @Test
  void origin_namesPackageManagerStepAndParent() {
    JsonNode told = json(compare(sniffedInInstall(), "--format", "json"));
    JsonNode tcpdump = told.at("/new/1");
    assertEquals("/usr/bin/tcpdump", tcpdump.at("/shape/0").stringValue());
    assertEquals(
        "requirements.txt",
        tcpdump.at("/first/origin/package_manager/argv/3").stringValue(),
        told.toPrettyString());
  }

  private Path sniffedInInstall() {
    long began = CaptureFixture.startBootNs(3);
    return usual("head", 2)
        .exec("/usr/bin/pip3", "pip3", "install", "-r", "requirements.txt")
        .exec(
            Map.of(
                "exe", "/usr/bin/tcpdump",
                "filename", "/usr/bin/tcpdump",
                "argv", List.of("tcpdump", "-D"),
                "parent_exe", "/usr/bin/pip3",
                "ancestors",
                    List.of(
                        Map.of(
                            "pid", 103, "start", began, "comm", "pip3", "exe", "/usr/bin/pip3"))))
        .write();
  }

  @Test
  void golden() throws IOException {
    Path head = sniffedInInstall();
    for (String format : List.of("table", "markdown", "json", "ndjson")) {
      String out = compare(head, "--format", format).out();
      Golden.check("compare." + format, out.replace(temp.toString(), "TEMP"));
    }
  }

  @Test
  void findingsOfOneShape_areOne() {
    Path head =
        usual("head", 2)
            .exec("/usr/bin/tcpdump", "tcpdump", "-w", "/tmp/tmp.abcdefghij")
            .exec("/usr/bin/tcpdump", "tcpdump", "-w", "/tmp/tmp.ABCDEFGHIJ")
            .write();
    JsonNode told = json(compare(head, "--format", "json"));
    assertEquals(1, told.at("/summary/findings/total").intValue(), told::toPrettyString);
    assertEquals(2, told.at("/findings/0/head_executions").intValue());
  }

  @Test
  void argumentsThatWereCutOff_areNotThoseThatWereNot() {
    Path head =
        usual("head", 2)
            .exec(
                Map.of(
                    "exe",
                    "/usr/bin/make",
                    "filename",
                    "make",
                    "argv",
                    List.of("make"),
                    "argv_truncated",
                    true))
            .write();
    Run run = compare(head);
    assertTrue(
        run.out().startsWith("New: 0 findings, 0 programs, 0 lineages, 1 argument"), run.out());
    assertTrue(run.out().contains("Arguments of 1 execution of the head were cut off"), run.out());
  }

  @Test
  void sameBytes_whateverTheThreads() {
    Path head = usual("head", 2).exec("/usr/bin/a", "a").exec("/usr/bin/b", "b").write();
    String one = compare(head, "--format", "json", "--threads", "1").out();
    assertEquals(one, compare(head, "--format", "json", "--threads", "8").out());
  }

  @Test
  void limit_saysWhatItLeavesOut() {
    Path head = usual("head", 2).exec("/usr/bin/a", "a").exec("/usr/bin/b", "b").write();
    Run run = compare(head, "--limit", "1");
    assertTrue(run.out().contains("and 1 more: --limit N shows N"), run.out());
    assertEquals(2, compare(head, "--limit", "0").code());
    assertEquals(2, compare(head, "--seen-in", "-1").code());
    assertEquals(2, Run.of("compare", base.toString()).code());
  }
}
