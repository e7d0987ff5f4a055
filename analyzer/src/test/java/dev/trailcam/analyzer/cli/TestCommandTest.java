// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TestCommandTest {
  private static final String HOSTILE =
      "\u001b[2J\u009b\r\n::error::x\n##[error]\u202e\u2028\ufffe]]>&<a href='x'>{0}[l](http://e)";
  private static final String SCHEMA = "/dev/trailcam/analyzer/report/sarif-2.1.0-rtm.5.json";
  private static final List<String> FORMATS =
      List.of("table", "json", "junit", "sarif", "markdown");

  @TempDir Path temp;
  private Path rules;
  private Path corpus;

  @BeforeEach
  void makeDirectories() throws IOException {
    rules = Files.createDirectory(temp.resolve("rules"));
    corpus = Files.createDirectory(temp.resolve("corpus"));
    rule("finds_nc", "exe_name = 'nc'", "'nc ran: ' || coalesce(cmdline(argv), '?')");
    cases(
        "finds_nc",
        """
        fires: [{case: it runs, exec: {exe: /bin/nc}}]
        silent: [{case: another runs, exec: {exe: /bin/ls}}]
        known_misses: [{case: a copy, exec: {exe: /tmp/x}}]
        """);
  }

  private void rule(String id, String condition, String reason) throws IOException {
    Files.writeString(
        rules.resolve(id + ".sql"),
        """
        -- id: %s
        -- version: 1
        -- title: A title
        -- description: What it looks for.
        -- severity: high
        -- status: experimental
        -- surface: 1
        SELECT exec_id, %s AS reason FROM execs WHERE %s
        """
            .formatted(id, reason, condition));
  }

  private void cases(String id, String text) throws IOException {
    Files.writeString(rules.resolve(id + ".cases.yml"), text);
  }

  private void expect(String text) throws IOException {
    Files.writeString(corpus.resolve("expectations.yml"), text);
  }

  private CaptureFixture capture(String name) {
    return CaptureFixture.at(corpus.resolve(name)).id(name).bootId("boot-" + name);
  }

  private Run test(String... more) {
    List<String> arguments = new ArrayList<>(List.of("test", "-q", rules.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /** The corpus as it is now; the outcomes of what is not as it should be, by name. */
  private Map<String, String> outcomes(int code, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--format", "json"));
    arguments.addAll(List.of("--corpus", corpus.toString()));
    arguments.addAll(List.of(more));
    Run run = test(arguments.toArray(String[]::new));
    assertEquals(code, run.code(), run.out() + run.err());
    Map<String, String> outcomes = new TreeMap<>();
    for (JsonNode check : new ObjectMapper().readTree(run.out()).get("checks")) {
      String outcome = check.get("outcome").stringValue();
      if (!outcome.equals("passed") && !outcome.equals("known_miss")) {
        outcomes.put(
            check.get("name").stringValue().replace(corpus.toString(), "CORPUS"),
            outcome + ": " + check.get("message").stringValue());
      }
    }
    return outcomes;
  }

  private static Run run(String... arguments) {
    return Run.of(Map.of("COLUMNS", "300"), arguments);
  }

  @Test
  void goodCasesAndCorpus_pass() throws IOException {
    capture("a").exec("/bin/nc", "nc", "-l").exec("/bin/ls").exec("/tmp/x", "x").write();
    expect(
        """
        expect:
          - rule: finds_nc
            executions: [[nc, -l]]
            known_misses: [[x]]
        """);
    Run run = test("--corpus", corpus.toString());
    assertEquals(0, run.code(), run.out());
    assertEquals("", run.err());
    assertEquals(
        """
        Passed: 6 checks
        Tested 1 rule with 3 cases, 1 of them known misses, and over 1 capture with 3 executions

        rule      fires  silent  known misses  right  wrong  missed  precision  recall
        finds_nc      1       1             1      1      0       1      100 %    50 %
        """,
        run.out());
  }

  @Test
  void failedCases_sayWhichExecutionAndWhatToDo() throws IOException {
    cases(
        "finds_nc",
        """
        fires:
          - case: it does not look at arguments
            exec: {exe: /bin/socat, argv: [socat, 'a b']}
          - case: another reason
            exec: {exe: /bin/nc, argv: [nc]}
            reason: Something else.
          - case: another severity
            exec: {exe: /bin/nc, argv: [nc]}
            severity: low
          - case: the second of two
            execs: [{exec: {exe: /bin/nc}}, {exec: {exe: /bin/nc}, fires: true}]
        silent:
          - case: it is not silent
            exec: {exe: /bin/nc, argv: [nc]}
        known_misses:
          - case: it is not missed
            exec: {exe: /bin/nc, argv: [nc]}
        """);
    Run run = test();
    assertEquals(1, run.code());
    String out =
        run.out().replace(rules.toString(), "RULES").replaceAll("\\b[0-9a-f]{32}\\b", "ID");
    assertEquals(
        """
        Failed: 6 of 6 checks
        Tested 1 rule with 6 cases, 1 of them known misses, and over 0 captures with 0 executions

        failed  finds_nc  fires: it does not look at arguments
          RULES/finds_nc.cases.yml:2
          the rule does not do what the case says
            ID  socat 'a b'
              did not fire

        failed  finds_nc  fires: another reason
          RULES/finds_nc.cases.yml:4
          the rule does not do what the case says
            ID  nc
              has the reason: nc ran: nc instead of: Something else.

        failed  finds_nc  fires: another severity
          RULES/finds_nc.cases.yml:7
          the rule does not do what the case says
            ID  nc
              has the severity high instead of low

        failed  finds_nc  fires: the second of two
          RULES/finds_nc.cases.yml:10
          the rule does not do what the case says
            ID  /bin/nc
              fired: nc ran: ?

        failed  finds_nc  silent: it is not silent
          RULES/finds_nc.cases.yml:13
          the rule fires and should stay silent
            ID  nc
              fired: nc ran: nc

        failed  finds_nc  known_misses: it is not missed
          RULES/finds_nc.cases.yml:16
          the rule fires now: move the case to fires
            ID  nc
              fired: nc ran: nc

        rule      fires  silent  known misses  right  wrong  missed  precision  recall
        finds_nc      4       1             1      0      0       0          -       -
        """,
        out);
  }

  /** Each in a directory of its own, judged in one run. */
  @Test
  void expectations_areHeld() throws IOException {
    Map<String, String> wrong = new TreeMap<>();
    expected(wrong, "{rule: finds_nc, exactly: 3}", null, null);
    expected(wrong, "{rule: finds_nc, at_least: 1, at_most: 3}", null, null);
    expected(wrong, "{rule: finds_nc, executions: [[nc, '3'], [nc, '2'], [nc, '1']]}", null, null);
    expected(
        wrong,
        "{rule: finds_nc, capture: a, exactly: 2}, {rule: finds_nc, capture: deep, at_least: 1}",
        null,
        null);
    expected(wrong, "{rule: finds_nc, at_least: 0, known_misses: [[x]]}", null, null);
    expected(wrong, "{rule: finds_nc, exactly: 2}", "exactly 2", "expected exactly 2, got 3");
    expected(wrong, "{rule: finds_nc, at_least: 4}", "at least 4", "expected at least 4, got 3");
    expected(wrong, "{rule: finds_nc, at_most: 2}", "at most 2", "expected at most 2, got 3");
    expected(
        wrong,
        "{rule: finds_nc, executions: [[nc, '1'], [nc, '1'], [nc, '2']]}",
        "these 3 executions",
        "1 of 3 expected executions not found; 1 found that are not expected");
    expected(
        wrong,
        "{rule: finds_nc, exactly: 2, known_misses: [[nc, '3']]}",
        "exactly 2",
        "the known miss in line 1 is found now: move it to executions");
    expected(
        wrong,
        "{rule: finds_nc, exactly: 3, known_misses: [[never]]}",
        "exactly 3",
        "the known miss in line 1 is no execution of the capture");
    String typo =
        expected(wrong, "{rule: finds_nc, exactly: 3}, {rule: typo, exactly: 0}", null, null);
    wrong.put(
        "typo finds exactly 0 in " + typo,
        "failed: there is no rule typo among those tested; to test some of a rule set name all of"
            + " it, and --only");
    String unspoken = expected(wrong, "{rule: finds_nc, capture: c, exactly: 0}", null, null);
    wrong.put(
        "finds_nc finds exactly 0 in " + unspoken + "/c", "failed: there is no capture c to judge");
    wrong.put("finds_nc finds nothing in " + unspoken, "failed: 3 findings that nobody expects");
    assertEquals(wrong, outcomes(1));
  }

  /** The directory; what is to be wrong there goes into the map. */
  private String expected(Map<String, String> wrong, String text, String demand, String message)
      throws IOException {
    String name = "v" + wrong.hashCode() + text.hashCode();
    capture(name + "/a").exec("/bin/nc", "nc", "1").exec("/bin/nc", "nc", "2").write();
    capture(name + "/deep/b").exec("/bin/nc", "nc", "3").exec("/tmp/x", "x").write();
    Files.writeString(corpus.resolve(name + "/expectations.yml"), "expect: [" + text + "]");
    String directory = "CORPUS/" + name;
    if (demand != null) {
      wrong.put("finds_nc finds " + demand + " in " + directory, "failed: " + message);
    }
    return directory;
  }

  @Test
  void unexpectedFindings_failWarnOrAreIgnored() throws IOException {
    capture("a").exec("/bin/nc", "nc").write();
    String name = "finds_nc finds nothing in CORPUS";
    String message = ": a finding that nobody expects";
    expect("expect: []");
    assertEquals(Map.of(name, "failed" + message), outcomes(1));
    assertEquals(Map.of(name, "warning" + message), outcomes(0, "--unexpected", "warn"));
    expect("{unexpected: warn, expect: []}");
    assertEquals(Map.of(name, "warning" + message), outcomes(0));
    assertEquals(Map.of(name, "failed" + message), outcomes(1, "--unexpected", "fail"));
    expect("{unexpected: ignore, expect: []}");
    assertEquals(Map.of(), outcomes(0));
  }

  @Test
  void evidenceThatIsNotWhole_isToldFromAFailedExpectation() throws IOException {
    String whole = " is there and whole";
    expect("expect: []");
    Run empty = test("--corpus", corpus.toString());
    assertTrue(empty.out().contains("holds no capture"), empty.out());
    assertEquals(4, test("--corpus", corpus.toString()).code());
    assertEquals(4, test("--corpus", temp.resolve("nowhere").toString()).code());

    Path lossy = capture("lossy").exec("/bin/ls").lost(3).write();
    assertTrue(
        outcomes(4).get("CORPUS/lossy" + whole).startsWith("evidence_incomplete: "), "lost rows");
    expect("{lossy: true, reason: A small ring., expect: []}");
    assertEquals(Map.of(), outcomes(0));
    Files.write(lossy.resolve("exec-000001.parquet"), new byte[] {1});
    assertTrue(outcomes(4).get("CORPUS/lossy" + whole).contains("is truncated"), "damage");

    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(
        other.resolve("expectations.yml"), "{lossy: true, reason: Why not., expect: []}");
    CaptureFixture.at(other.resolve("c")).exec("/bin/ls").write();
    Run run = test("--corpus", other.toString());
    assertEquals(1, run.code());
    assertTrue(run.out().contains("no capture lost anything"), run.out());
    Files.delete(other.resolve("expectations.yml"));
    run = test("--corpus", other.toString());
    assertEquals(1, run.code());
    assertTrue(run.out().contains("there is no expectations.yml in the corpus"), run.out());
    Files.createDirectory(other.resolve("d"));
    Files.writeString(other.resolve("d/expectations.yml"), "expect: []");
    run = test("--corpus", other.toString());
    assertEquals(1, run.code());
    assertTrue(run.out().contains("there is no capture it speaks for"), run.out());
    assertTrue(run.out().contains("speaks for the capture"), run.out());
  }

  @Test
  void theNearestExpectations_speakForACapture() throws IOException {
    capture("a").exec("/bin/nc", "nc").write();
    capture("deep/b").exec("/bin/ls", "ls").write();
    expect("expect: [{rule: finds_nc, exactly: 1}]");
    Files.writeString(corpus.resolve("deep/expectations.yml"), "expect: []");
    assertEquals(Map.of(), outcomes(0));
    Files.writeString(
        corpus.resolve("deep/expectations.yml"), "expect: [{rule: finds_nc, exactly: 1}]");
    assertEquals(
        Map.of("finds_nc finds exactly 1 in CORPUS/deep", "failed: expected exactly 1, got 0"),
        outcomes(1));
  }

  @Test
  void ruleThatDoesNotRun_isNeverSilence() throws IOException {
    capture("a").exec("/bin/ls").write();
    expect("expect: [{rule: breaks, exactly: 0}]");
    rule("breaks", "no_such_column = 1", "'x'");
    cases(
        "breaks",
        """
        fires: []
        silent: [{case: silent since it is broken, exec: {}}]
        known_misses: []
        """);
    assertEquals(
        Map.of(
            "silent: silent since it is broken", "rule_broken: the rule did not run",
            "breaks finds exactly 0 in CORPUS", "rule_broken: the rule did not run",
            "nothing else is found in CORPUS", "rule_broken: not every rule ran"),
        outcomes(3));
    assertEquals(0, test("--only", "finds_nc", "--corpus", corpus.toString()).code());
    Files.writeString(rules.resolve("breaks.sql"), "SELECT 1");
    assertEquals(
        "rule_broken: the rule did not run", outcomes(3).get("breaks finds exactly 0 in CORPUS"));
  }

  @Test
  void brokenFiles_areNamedWithTheirLine() throws IOException {
    capture("a").exec("/bin/ls").write();
    expect("expect:\n  - rule: finds_nc\n");
    cases("finds_nc", "fires: []\nsilent:\n  - case: x\nknown_misses: []\n");
    Run run = test("--corpus", corpus.toString());
    assertEquals(3, run.code());
    assertTrue(
        run.out().contains(corpus + "/expectations.yml:2: an expectation has either"), run.out());
    assertTrue(run.out().contains("finds_nc.cases.yml:3: lacks exec:"), run.out());
  }

  @Test
  void expectationProblems_areFoundAtOnce() throws IOException {
    capture("a").exec("/bin/ls").write();
    expect(
        """
        unexpected: shout
        lossy: true
        expects: []
        expect:
          - {rule: Bad Id, exactly: 1}
          - {exactly: 1}
          - {rule: a, exactly: 1, at_least: 1}
          - {rule: b, at_least: 2, at_most: 1}
          - {rule: c, executions: [[a, 5], abc, {}]}
          - {rule: d, exactly: 1}
          - {rule: d, capture: x, exactly: 1}
          - just text
        """);
    Run run = test("--corpus", corpus.toString());
    assertEquals(3, run.code());
    List<String> lines =
        run.out()
            .lines()
            .filter(line -> line.contains("expectations.yml:"))
            .map(line -> line.replaceAll(".*expectations.yml:([0-9]+).*", "$1"))
            .toList();
    assertEquals(List.of("1", "1", "3", "5", "6", "7", "8", "9", "11", "12"), lines, run.out());
  }

  @Test
  void casesOfACapture_areJudgedWithItsCorpus() throws IOException {
    capture("a").exec("/bin/nc", "nc", "-l").exec("/tmp/x", "x").write();
    expect("expect: [{rule: finds_nc, exactly: 1}]");
    cases(
        "finds_nc",
        """
        fires: [{case: recorded, capture: a, exec: {argv: [nc, -l]}}]
        silent: [{case: by its id, capture: a, exec_id: %s}]
        known_misses: [{case: a copy, capture: a, exec: {exe: /tmp/x}}]
        """
            .formatted("'ffffff'"));
    assertEquals(
        Map.of("silent: by its id", "failed: the capture holds no such execution"), outcomes(1));
    Run run = test();
    assertEquals(4, run.code());
    assertTrue(run.out().contains("the capture a is in no corpus of this run"), run.out());
    cases(
        "finds_nc",
        """
        fires: [{case: recorded, capture: a, exec: {exe: /tmp/x}}]
        silent: [{case: also recorded, capture: a, exec: {argv: [nc, -l], uid: 0, tty: null}}]
        known_misses: []
        """);
    assertEquals(
        Map.of(
            "fires: recorded", "failed: the rule does not do what the case says",
            "silent: also recorded", "failed: the rule fires and should stay silent"),
        outcomes(1));
  }

  /** A case is a machine of its own: what looks at several executions never sees two cases. */
  @Test
  void cases_areIsolatedFromEachOther() throws IOException {
    Files.writeString(
        rules.resolve("finds_nc.sql"),
        Files.readString(rules.resolve("finds_nc.sql"))
            .replaceAll(
                "(?s)SELECT exec_id.*",
                """
                SELECT e.exec_id, 'after ' || o.exe AS reason
                FROM execs AS e
                JOIN execs AS o ON o.exec_id <> e.exec_id
                  AND (o.host = e.host OR o.boot_id = e.boot_id OR o.capture_id = e.capture_id)
                WHERE o.exe = '/bin/sh' AND e.exe = '/bin/nc' AND o.boot_ns < e.boot_ns
                """));
    cases(
        "finds_nc",
        """
        fires:
          - case: a shell came before
            execs: [{exec: {exe: /bin/sh}}, {exec: {exe: /bin/nc}, fires: true}]
            reason: after /bin/sh
        silent:
          - case: the shell came later
            execs: [{exec: {exe: /bin/nc}}, {exec: {exe: /bin/sh}}]
          - case: no shell
            exec: {exe: /bin/nc}
          - case: only a shell
            exec: {exe: /bin/sh}
        known_misses: []
        """);
    Run run = test();
    assertEquals(0, run.code(), run.out());
  }

  @Test
  void everyColumn_reachesTheViews() throws IOException {
    Files.writeString(
        rules.resolve("finds_nc.sql"),
        Files.readString(rules.resolve("finds_nc.sql"))
            .replaceAll(
                "(?s)SELECT exec_id.*",
                """
                SELECT e.exec_id, arg(e.needed, 1) || ' ' || e.build_id || ' ' || e.argc || ' ' || e.argv_bytes || ' '
                  || e.comm || ' ' || e.mtime || ' ' || cmdline(ancestor_exes(e.ancestors)) || ' '
                  || x.exit_code || ' ' || x.comm || ' ' || f.filename || ' ' || f.errno || ' ' || s.family || ' '
                  || i.interpreter || ' ' || p.cpu AS reason
                FROM execs AS e
                JOIN exits AS x ON x.exec_id = e.exec_id AND x.process_id = e.process_id AND x.ts >= e.ts
                JOIN failed_execs AS f ON f.exec_id = e.exec_id
                JOIN raw_sockets AS s ON s.exec_id = e.exec_id
                JOIN files AS i ON i.inode = e.inode AND i.interpreter IS NOT NULL
                JOIN processes AS p ON p.pid = 7
                JOIN captures AS c ON c.capture_id = e.capture_id AND c.complete
                """));
    cases(
        "finds_nc",
        """
        fires:
          - case: everything at once
            exec:
              exe: /opt/a_program_with_a_long_name
              argv: [a, 'é']
              mtime: '2026-01-02T03:04:05.678901Z'
              needed: [libpcap.so.0.8]
              build_id: abcd
              ancestors: [{pid: 7, start: 8, comm: a, exe: /bin/a}, {pid: 9, exe: /bin/b}]
            exits: [{exit_code: 3}]
            failed_execs: [{filename: /bin/none, errno: 2}]
            raw_sockets: [{action: socket, family: 17}]
            files: [{interpreter: /lib/ld.so}]
            processes: [{pid: 7, cpu: 65535}]
            reason: >-
              libpcap.so.0.8 abcd 2 5 a_program_with_ 2026-01-02 03:04:05.678901+00 /bin/a /bin/b 3
              a_program_with_ /bin/none 2 17 /lib/ld.so 65535
        silent: []
        known_misses: []
        """);
    Run run = test();
    assertEquals(0, run.code(), run.out() + run.err());
  }

  @Test
  void tooLittleTested_isNoSuccess() throws IOException {
    assertEquals(0, test("--minimum-tests", "3").code());
    Run run = test("--minimum-tests", "4");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("only 3 checks were made"), run.out());
    Files.delete(rules.resolve("finds_nc.cases.yml"));
    run = test();
    assertEquals(0, run.code());
    assertTrue(run.out().contains("warning  finds_nc"), run.out());
    Files.writeString(rules.resolve("other.cases.yml"), "fires: []\nsilent: []\nknown_misses: []");
    run = test();
    assertEquals(1, run.code());
    assertTrue(run.out().contains("there is no rule beside these cases"), run.out());
  }

  @Test
  void usage() throws IOException {
    assertEquals(2, test("--format", "xml").code());
    assertEquals(2, test("--report", "junit").code());
    assertEquals(2, test("--report", "xml=a").code());
    assertEquals(2, test("--report", "junit=" + temp.resolve("no/such")).code());
    assertEquals(2, test("--report", "junit=" + rules.resolve("finds_nc.sql")).code());
    assertEquals(2, test("--only", "typo").code());
    assertEquals(2, test("--minimum-tests", "-1").code());
    assertEquals(2, test("--unexpected", "shout").code());
    assertEquals(0, run("test", "--help").code());
    assertEquals(3, run("test", "-q", temp.resolve("nowhere").toString()).code());
  }

  @Test
  void allReports_comeFromOneRun() throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String format : FORMATS) {
      arguments.addAll(List.of("--report", format + "=" + temp.resolve("report." + format)));
    }
    Run run = test(arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    for (String format : FORMATS) {
      assertFalse(Files.readString(temp.resolve("report." + format)).isEmpty(), format);
    }
    assertEquals(run.out(), Files.readString(temp.resolve("report.table")));
    assertEquals(test("--format", "junit").out(), Files.readString(temp.resolve("report.junit")));
    assertEquals(2, test(arguments.toArray(String[]::new)).code());
  }

  @Test
  void sameInput_givesTheSameBytes() throws IOException {
    capture("a").exec("/bin/nc", "nc").exec("/bin/nc", "nc", "2").write();
    expect("expect: []");
    Path more = Files.createDirectory(temp.resolve("more"));
    Files.move(rules.resolve("finds_nc.cases.yml"), more.resolve("finds_nc.cases.yml"));
    Files.move(rules.resolve("finds_nc.sql"), more.resolve("finds_nc.sql"));
    rule("b_rule", "exe IS NOT NULL", "exe");
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      Map<String, String> first = reports(1, List.of(rules, more), corpus);
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertEquals(first, reports(1, List.of(more, rules), corpus));
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  /** Every format, from one run; standard error too. */
  private Map<String, String> reports(int code, List<Path> rulePaths, Path corpusPath)
      throws IOException {
    Path directory = Files.createTempDirectory(temp, "reports");
    List<String> arguments = new ArrayList<>(List.of("test", "-q", "--format", "json"));
    rulePaths.forEach(path -> arguments.add(path.toString()));
    arguments.addAll(List.of("--corpus", corpusPath.toString()));
    for (String format : FORMATS) {
      arguments.addAll(List.of("--report", format + "=" + directory.resolve(format)));
    }
    Run run = run(arguments.toArray(String[]::new));
    assertEquals(code, run.code(), run.out() + run.err());
    Map<String, String> reports = new TreeMap<>();
    for (String format : FORMATS) {
      reports.put(format, Files.readString(directory.resolve(format)));
    }
    reports.put("err", run.err());
    return reports;
  }

  @Test
  void hostileText_isHarmlessInEveryFormat() throws Exception {
    Path capture =
        CaptureFixture.at(corpus.resolve("c" + HOSTILE.replace('/', ':')))
            .id(HOSTILE)
            .host(HOSTILE)
            .exec(
                Map.of(
                    "exe",
                    "/" + HOSTILE + "/nc",
                    "exe_name",
                    "nc",
                    "argv",
                    List.of(HOSTILE, "::warning::y", "`b`|")))
            .event(Table.EXITS, Map.of("comm", HOSTILE))
            .lost(1)
            .write();
    expect("expect: []");
    cases(
        "finds_nc",
        """
        fires: [{case: "%s", exec: {exe: "/%s", argv: ["\\e[2J\\r\\n::error::x"]}}]
        silent: []
        known_misses: []
        """
            .formatted("\u202e\u2028##[error] ::error::x ]]> <b> `a`", "\\u009b\\n##[error]"));
    Map<String, String> reports = reports(4, List.of(rules), corpus);
    for (String all : reports.values()) {
      assertFalse(all.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), all);
      assertFalse(all.contains("##["), all);
      assertTrue(all.lines().noneMatch(line -> line.strip().startsWith("::")), all);
    }
    assertRoundTrip(reports.get("json"));
    assertJunit(xml(reports.get("junit")));
    assertSarif(reports.get("sarif"));
    assertNoMarkup(reports.get("markdown"));
    assertTrue(reports.get("table").startsWith("Inconclusive: "), reports.get("table"));
    assertTrue(Files.isDirectory(capture));
  }

  private static void assertRoundTrip(String out) {
    List<String> argv = new ArrayList<>();
    for (JsonNode check : new ObjectMapper().readTree(out).get("checks")) {
      if (check.get("kind").stringValue().equals("unexpected")) {
        check.get("executions").get(0).get("argv").forEach(one -> argv.add(one.stringValue()));
      }
    }
    assertEquals(List.of(HOSTILE, "::warning::y", "`b`|"), argv);
  }

  private static Document xml(String text)
      throws ParserConfigurationException, SAXException, IOException {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static void assertJunit(Document document) {
    Element root = document.getDocumentElement();
    assertEquals("testsuites", root.getTagName());
    NodeList cases = root.getElementsByTagName("testcase");
    assertEquals(root.getAttribute("tests"), Integer.toString(cases.getLength()));
    assertEquals(
        root.getAttribute("failures"),
        Integer.toString(root.getElementsByTagName("failure").getLength()));
    assertEquals(
        root.getAttribute("errors"),
        Integer.toString(root.getElementsByTagName("error").getLength()));
    String failure = root.getElementsByTagName("failure").item(0).getTextContent();
    assertTrue(failure.matches("(?s).*\\b[0-9a-f]{32}\\b.*"), failure);
  }

  private static void assertSarif(String out) throws IOException {
    JsonNode sarif = new ObjectMapper().readTree(out);
    assertEquals(List.of(), sarifErrors(sarif));
    JsonNode results = sarif.get("runs").get(0).get("results");
    assertTrue(results.size() >= 3, out);
    for (JsonNode result : results) {
      String uri =
          result
              .get("locations")
              .get(0)
              .get("physicalLocation")
              .get("artifactLocation")
              .get("uri")
              .stringValue();
      assertTrue(uri.matches("[A-Za-z0-9._~/%:-]+"), uri);
      assertFalse(result.get("partialFingerprints").isEmpty());
    }
  }

  private static List<Error> sarifErrors(JsonNode sarif) throws IOException {
    try (InputStream schema = TestCommandTest.class.getResourceAsStream(SCHEMA)) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
          .getSchema(schema)
          .validate(sarif);
    }
  }

  @Test
  void sarif_isOfTheSchema_alsoWhenAllIsWellOrBroken() throws IOException {
    assertEquals(
        List.of(), sarifErrors(new ObjectMapper().readTree(test("--format", "sarif").out())));
    cases("finds_nc", "[");
    JsonNode broken = new ObjectMapper().readTree(test("--format", "sarif").out());
    assertEquals(List.of(), sarifErrors(broken));
    assertFalse(
        broken.get("runs").get(0).get("invocations").get(0).get("executionSuccessful").asBoolean());
    assertFalse(sarifErrors(new ObjectMapper().readTree("{\"version\": 1}")).isEmpty());
  }

  private static void assertNoMarkup(String markdown) {
    Parser.builder()
        .build()
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                throw new AssertionError(link + markdown);
              }

              @Override
              public void visit(Image image) {
                throw new AssertionError(image + markdown);
              }

              @Override
              public void visit(HtmlInline html) {
                throw new AssertionError(html.getLiteral() + markdown);
              }

              @Override
              public void visit(HtmlBlock html) {
                throw new AssertionError(html.getLiteral() + markdown);
              }
            });
  }

  /** A change of lines alone does not make an old failure a new one. */
  @Test
  void fingerprints_outliveEdits() throws IOException {
    String failing = "fires: [{case: a, exec: {exe: /bin/ls}}]\nsilent: []\nknown_misses: []\n";
    cases("finds_nc", failing);
    String before = fingerprint();
    cases("finds_nc", "# A comment.\n\n" + failing);
    assertEquals(before, fingerprint());
  }

  private String fingerprint() {
    return new ObjectMapper()
        .readTree(test("--format", "sarif").out())
        .get("runs")
        .get(0)
        .get("results")
        .get(0)
        .get("partialFingerprints")
        .toString();
  }
}
