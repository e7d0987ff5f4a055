// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.rules.RuleCase.Recorded;
import dev.trailcam.analyzer.rules.RuleCase.Written;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.FileColumn;
import dev.trailcam.capture.RawSocketColumn;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseReaderTest {
  private static final String NOTHING_ELSE = "silent: []\nknown_misses: []\n";

  @TempDir Path temp;

  @Test
  void everyShapeOfCase_isRead() {
    RuleCases read =
        RuleCases.parse(
            "rules/discovery/a_rule.cases.yml",
            """
            # A comment.
            fires:
              - case: one execution and what it did
                exec:
                  exe: /tmp/x
                  argv: [x, '5']
                  pid: 4711
                  is_memfd: true
                  mtime: '2026-11-22T04:03:00Z'
                  tty: null
                  needed: [libpcap.so.0.8]
                  ancestors: [{pid: 7, comm: make, exe: /usr/bin/make}, {}]
                raw_sockets:
                  - {action: socket, family: 17, socket_type: 3, protocol: 0}
                files:
                  - {interpreter: /lib/ld.so}
                reason: Because of that.
                severity: low
              - case: the second of two
                execs:
                  - exec: {exe: /bin/sh}
                  - exec: {exe: /tmp/x}
                    fires: true
              - case: recorded
                capture: sniffing
                exec_id: [0123abcd, '4567abcd']
            silent:
              - case: nothing is known
                exec: {}
            known_misses:
              - case: recorded, by its columns
                capture: sniffing/runner-1
                exec: {argv: [./innocent], exec_id: 0123abcd}
            """);

    assertEquals(List.of(), read.problems());
    assertEquals("a_rule", read.ruleId());
    assertEquals(3, read.count(CaseSection.FIRES));
    RuleCase first = read.cases().get(0);
    assertEquals(3, first.line());
    assertEquals("Because of that.", first.reason());
    assertEquals(Severity.LOW, first.severity());
    CaseExecution execution = ((Written) first.evidence()).executions().get(0);
    assertTrue(execution.fires());
    Map<?, Object> exec = execution.exec().values();
    assertEquals("/tmp/x", exec.get(ExecColumn.EXE));
    assertEquals(List.of("x", "5"), exec.get(ExecColumn.ARGV));
    assertEquals(4711L, exec.get(ExecColumn.PID));
    assertEquals(true, exec.get(ExecColumn.IS_MEMFD));
    assertEquals(Instant.parse("2026-11-22T04:03:00Z"), exec.get(ExecColumn.MTIME));
    assertTrue(exec.containsKey(ExecColumn.TTY) && exec.get(ExecColumn.TTY) == null);
    assertEquals(List.of("libpcap.so.0.8"), exec.get(ExecColumn.NEEDED));
    assertEquals(
        List.of(
            new CaseRow.Ancestor(7L, null, "make", "/usr/bin/make"),
            new CaseRow.Ancestor(null, null, null, null)),
        exec.get(ExecColumn.ANCESTORS));
    assertEquals(
        List.of(Table.RAW_SOCKETS, Table.FILES),
        execution.events().stream().map(CaseRow::table).toList());
    assertEquals("socket", execution.events().get(0).values().get(RawSocketColumn.ACTION));
    assertEquals("/lib/ld.so", execution.events().get(1).values().get(FileColumn.INTERPRETER));
    assertEquals(
        List.of(false, true),
        ((Written) read.cases().get(1).evidence())
            .executions().stream().map(CaseExecution::fires).toList());
    assertEquals(
        List.of("0123abcd", "4567abcd"), ((Recorded) read.cases().get(2).evidence()).execIds());
    CaseExecution silent = ((Written) read.cases().get(3).evidence()).executions().get(0);
    assertFalse(silent.fires());
    Recorded recorded = (Recorded) read.cases().get(4).evidence();
    assertEquals("sniffing/runner-1", recorded.capture());
    assertEquals(List.of("./innocent"), recorded.like().values().get(ExecColumn.ARGV));
  }

  @Test
  void everyProblem_isFoundAtOnce() {
    RuleCases read =
        RuleCases.parse(
            "a_rule.cases.yml",
            """
            fires:
              - case: good
                exec: {exe: /bin/a}
              - case: columns
                exec:
                  exes: /bin/a
                  exe: 5
                  argv: [a, 5]
                  pid: '7'
                  uid: 99999999999999999999
                  argv_truncated: yes
                  mtime: yesterday
                  comm: null
                  cwd: "\\0"
                  exec_id: abc
                  exe_name: a
                  exe_name: b
                  ancestors: [{pid: 1, name: x}]
                raw_sockets: {family: 17}
                exits: [5]
              - case: good
                exec: {exe: /bin/b}
              - exec: {}
              - just a sentence
              - case: no execution
              - case: several, none fires
                execs:
                  - exec: {}
                  - {}
              - case: recorded
                capture: /etc
              - case: recorded too
                capture: sniffing
                exec_id: xyz
              - case: misspelt
                exec: {}
                sockets: []
                severity: bad
            silent:
              - case: loud
                execs: [{exec: {}, fires: true}]
                reason: none
            """);

    assertEquals(
        List.of(
            "a_rule.cases.yml: lacks the section known_misses",
            "a_rule.cases.yml:6: execs has no column exes",
            "a_rule.cases.yml:7: exe must be text: put quotation marks around 5",
            "a_rule.cases.yml:8: an element of argv must be text: put quotation marks around 5",
            "a_rule.cases.yml:9: pid must be a whole number from -2147483648 to 2147483647",
            "a_rule.cases.yml:10: uid must be a whole number from -9223372036854775808 to"
                + " 9223372036854775807",
            "a_rule.cases.yml:11: argv_truncated must be true or false",
            "a_rule.cases.yml:12: mtime must be a time such as 2026-11-22T04:03:00Z",
            "a_rule.cases.yml:13: comm is never null",
            "a_rule.cases.yml:14: cwd must be text that a process can have: no U+0000, no"
                + " surrogates",
            "a_rule.cases.yml:15: exec_id is computed and cannot be given",
            "a_rule.cases.yml:17: says twice: exe_name",
            "a_rule.cases.yml:18: an ancestor has pid, start, comm and exe, each once: name",
            "a_rule.cases.yml:19: raw_sockets must be a list of rows",
            "a_rule.cases.yml:20: a row of exits is a map of columns",
            "a_rule.cases.yml:21: another case says the same: good",
            "a_rule.cases.yml:23: the case lacks case: a sentence that says what it is an example"
                + " of",
            "a_rule.cases.yml:24: a case is a map that begins with case: and a sentence",
            "a_rule.cases.yml:25: lacks exec: the columns that matter, or {} for none",
            "a_rule.cases.yml:26: one of its executions at least needs fires: true",
            "a_rule.cases.yml:29: lacks exec: the columns that matter, or {} for none",
            "a_rule.cases.yml:30: a case of a capture has exec_id: or exec: to say which"
                + " executions",
            "a_rule.cases.yml:31: capture must be the path of a capture below that of its corpus",
            "a_rule.cases.yml:34: exec_id must be 6 to 32 hexadecimal digits, in quotation marks",
            "a_rule.cases.yml:37: a case has no key sockets",
            "a_rule.cases.yml:38: severity must be one of informational low medium high critical",
            "a_rule.cases.yml:40: none of its executions may have fires: true in silent",
            "a_rule.cases.yml:40: what does not fire has no reason and no severity"),
        read.problems().stream().map(RuleProblem::toString).toList());
    assertEquals(List.of("good"), read.cases().stream().map(RuleCase::name).toList());
  }

  @Test
  void whatIsNoYaml_isAProblemWithItsLine() {
    assertEquals(1, problem("fires: [").line());
    assertEquals("holds no cases: it begins with fires: and a list", problem("").message());
    assertEquals("has a tag, which has no meaning here", problem("a: !!binary x").message());
    assertTrue(problem("? [a]\n: b").message().contains("key"));
    assertTrue(problem("[".repeat(200_000)).message().contains("nested"));
    problem("a: &a [*a]");
    problem("a: &a [x]\nb: [*a, *a]");
    problem("--- a\n--- b");
    problem("a: \u0007");
  }

  private static RuleProblem problem(String text) {
    RuleCases read = RuleCases.parse("x.cases.yml", text);
    assertEquals(List.of(), read.cases());
    return read.problems().get(0);
  }

  /** Whatever is in a file, reading it ends, and what is wrong with it is said. */
  @Test
  void mutations_neverFailOtherwise() throws IOException {
    Random random = new Random(4);
    for (RuleCases packed : RuleCases.packed()) {
      String text = PackedQueries.text(packed.file());
      for (int i = 0; i < 300; i++) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = random.nextInt(4) + 1; n > 0; n--) {
          int at = random.nextInt(Math.min(mutated.length(), text.length()));
          switch (random.nextInt(3)) {
            case 0 ->
                mutated.setCharAt(at, "[]{}:,'\"#&*!|>%@ \n\0\ud800x5".charAt(random.nextInt(22)));
            case 1 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(40)));
            default ->
                mutated.insert(at, text, at, Math.min(text.length(), at + random.nextInt(40)));
          }
        }
        RuleCases read = RuleCases.parse("x.cases.yml", mutated.toString());
        assertTrue(
            read.problems().isEmpty()
                || read.problems().stream().noneMatch(p -> p.message().isBlank()),
            read::toString);
      }
    }
  }

  @Test
  void packedCases_areGood() {
    List<RuleCases> packed = RuleCases.packed();
    assertEquals(
        RuleSet.packed().rules().stream().map(RuleCases::fileOf).collect(Collectors.toSet()),
        packed.stream().map(RuleCases::file).collect(Collectors.toSet()));
    for (RuleCases cases : packed) {
      assertEquals(List.of(), cases.problems());
      for (CaseSection section : CaseSection.values()) {
        assertTrue(cases.count(section) > 0, cases.file() + " " + section.id());
      }
    }
  }

  @Test
  void casesOnDisk_areThoseBesideTheRules() throws IOException {
    Path directory = Files.createDirectories(temp.resolve("rules/discovery"));
    String text = "fires: [{case: a, exec: {}}]\n" + NOTHING_ELSE;
    Files.writeString(directory.resolve("b.cases.yml"), text);
    Files.writeString(directory.resolve("a.cases.yml"), text);
    Files.writeString(directory.resolve("c.sql"), "");
    Files.write(directory.resolve("bad.cases.yml"), new byte[] {(byte) 0xff});
    List<String> all = new ArrayList<>();
    RuleCases.of(List.of(temp)).forEach(cases -> all.add(cases.ruleId()));
    assertEquals(List.of("a", "b", "bad"), all);
    assertEquals(1, RuleCases.of(List.of(directory.resolve("a.sql"))).size());
    assertEquals(List.of(), RuleCases.of(List.of(directory.resolve("c.sql"))));
    assertEquals(
        "is no UTF-8 text",
        RuleCases.of(List.of(directory.resolve("bad.sql"))).get(0).problems().get(0).message());
  }
}
