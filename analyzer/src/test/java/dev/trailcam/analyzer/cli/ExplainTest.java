// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.ExecId;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ExplainTest {
  private static final String HEADER =
      """
      -- id: mine
      -- version: 1
      -- title: A tool
      -- description: Looks for tools.
      -- severity: high
      -- status: experimental
      -- surface: 1
      """;
  private static final String SNIFFERS =
      """
      SELECT e.exec_id, 'It is ' || t.tool AS reason
      FROM execs AS e, LATERAL explode(e.program_names) AS n(name), net_sniff_tools AS t
      WHERE t.name = n.name
        AND argc(e.argv) > 1
      """;
  private static final int TCPDUMP = 0;
  private static final int NEAR_MISS = 1;
  private static final int DHCLIENT = 2;
  private static final int MAKE = 3;

  @TempDir Path temp;
  private Path capture;

  @BeforeEach
  void writeCapture() {
    capture =
        CaptureFixture.at(temp.resolve("capture"))
            .id("capture-a")
            .exec("/usr/bin/tcpdump", "tcpdump", "-i", "lo")
            .event(Table.RAW_SOCKETS, Map.of("action", "socket", "family", 17))
            .exec("/opt/tcpdumpp", "tcpdumpp", "-i", "lo")
            .exec("/usr/sbin/dhclient", "dhclient")
            .event(Table.RAW_SOCKETS, Map.of("action", "socket", "family", 17))
            .exec("/usr/bin/make", "make")
            .write();
  }

  @Test
  void nearMiss_isToldTermByTerm() throws IOException {
    String rule = write(SNIFFERS);
    Run run = explain("mine", NEAR_MISS, "-r", rule);
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        mine does not fire
        failed    line 10: t.name = n.name

        exec      EXEC at 2026-11-22T04:03:02.001000123Z on runner-7, capture capture-a
        command   tcpdumpp -i lo
        program   /opt/tcpdumpp
        name      tcpdumpp: its program file is /opt/tcpdumpp

        RULE

          the result
             9 from execs AS e -> 1 row
             9 from LATERAL explode(e.program_names) AS n(name) -> 1 row
             9 from net_sniff_tools AS t -> N rows
            10 WHERE t.name = n.name -> true for 0 of N rows
                      t.name = VALUES
                      n.name = tcpdumpp
                      nearest: tcpdump and tcpdumpp, 1 character apart
            11 WHERE argc(e.argv) > 1 -> true for N of N rows, leaves 0
                      e.argv = '[tcpdumpp, -i, lo]'
               gives 0 rows
        """,
        run.out()
            .replace(rule, "RULE")
            .replace(CaptureFixture.execId(NEAR_MISS), "EXEC")
            .replaceAll("[0-9]{2,} (of|rows)", "N $1")
            .replaceAll("t[.]name = [^\n]* more\n", "t.name = VALUES\n"));
  }

  @Test
  void firing_saysWhy() throws IOException {
    Run run = explain("mine", TCPDUMP, "-r", write(SNIFFERS));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("mine fires, high\nwhy       It is tcpdump\n"), run.out());
    assertTrue(run.out().contains("t.name = n.name -> true for 1 of "), run.out());
  }

  @Test
  void joinWithAList_saysWhichConditionExcusedIt() throws IOException {
    String rule =
        write(
            """
            WITH opened AS (
              SELECT s.exec_id, max(CASE WHEN u.name IS NOT NULL THEN 1 ELSE 0 END) AS known
              FROM raw_sockets AS s
              JOIN execs AS e ON e.exec_id = s.exec_id
              LEFT JOIN packet_socket_users AS u ON u.name = e.exe_name AND u.place = 'system'
              GROUP BY s.exec_id
            )
            SELECT exec_id, 'x' AS reason FROM opened WHERE known = 0 OR exec_id = ''
            """);
    JsonNode told = json(explain("mine", DHCLIENT, "-r", rule, "--format", "json"));
    assertFalse(told.get("fires").booleanValue());
    assertEquals("known = 0 OR exec_id = ''", told.at("/first_failed/text").stringValue());
    JsonNode list = told.at("/parts/0/sources/2");
    assertEquals("LEFT JOIN packet_socket_users AS u", list.get("text").stringValue());
    assertEquals(1, list.at("/on/0/true").intValue());
    assertEquals(15, told.at("/parts/1/line").intValue());
    JsonNode alternative = told.at("/parts/1/terms/1");
    assertEquals("known = 0", alternative.get("text").stringValue());
    assertEquals(1, alternative.get("depth").intValue());
    assertEquals("1", alternative.at("/columns/0/examples/0").stringValue());
    JsonNode silent = json(explain("mine", MAKE, "-r", rule, "--format", "json"));
    assertEquals("source", silent.at("/first_failed/kind").stringValue());
    assertEquals("raw_sockets AS s", silent.at("/first_failed/text").stringValue());
  }

  /** Whatever a packed rule looks like, it can be taken apart, and the end is what replay says. */
  @ParameterizedTest
  @MethodSource("packed")
  void everyPackedRule_isExplained(String rule) {
    String findings = Run.of("replay", "--format", "ndjson", "" + capture).out();
    for (int execution : List.of(TCPDUMP, DHCLIENT)) {
      Run run = explain(rule, execution, "--format", "json");
      assertEquals(0, run.code(), run.err());
      JsonNode told = json(run);
      String finding = ExecId.finding(rule, CaptureFixture.execId(execution));
      assertEquals(findings.contains(finding), told.get("fires").booleanValue(), run.out());
      assertEquals(told.get("fires").booleanValue(), told.get("first_failed").isNull(), run.out());
      for (JsonNode part : told.get("parts")) {
        assertTrue(part.get("problem").isNull(), run.out());
      }
    }
  }

  static List<String> packed() {
    return RuleSet.packed().rules().stream().map(Rule::id).toList();
  }

  /**
   * Shapes that no packed rule may have: what fires, what failed first, how much of it is alone.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT exec_id, 'x' AS reason FROM execs WHERE exe_name = 'no' | exe_name = 'no' | true
          SELECT exec_id, 'x' AS reason FROM execs WHERE pid > 0 AND (uid = 7 OR exe IS NULL) | uid = 7 OR exe IS NULL | true
          SELECT e.exec_id, 'x' AS reason FROM execs AS e WHERE EXISTS (SELECT 1 FROM exits AS x WHERE x.exec_id = e.exec_id) | EXISTS (SELECT 1 FROM exits AS x WHERE x.exec_id = e.exec_id) | true
          SELECT e.exec_id, 'x' AS reason FROM execs AS e JOIN exits AS x ON x.exec_id = e.exec_id | x.exec_id = e.exec_id | true
          SELECT exec_id, 'x' AS reason FROM exits | exits | true
          SELECT exec_id, 'x' AS reason FROM (SELECT exec_id, exe FROM execs WHERE uid = 0) AS s WHERE s.exe = 'y' | s.exe = 'y' | true
          SELECT exec_id, 'x' AS reason FROM execs WHERE uid = 1 UNION ALL SELECT exec_id, 'y' AS reason FROM exits | uid = 1 | true
          WITH a AS (SELECT * FROM execs), b AS (SELECT a.* FROM a WHERE a.uid = 5) SELECT exec_id, 'x' AS reason FROM b | a.uid = 5 | true
          SELECT exec_id, 'x' AS reason FROM execs QUALIFY row_number() OVER (PARTITION BY host ORDER BY boot_ns) = 1 | the result gives no row of this execution | false
          SELECT min(exec_id) AS exec_id, 'x' AS reason FROM execs GROUP BY exe HAVING count(*) > 1 | count(*) > 1 | false
          SELECT exec_id, 'x' AS reason FROM (SELECT exec_id, count(*) OVER (PARTITION BY exe) AS n FROM execs) AS w WHERE n > 1 | n > 1 | false
          SELECT exec_id, 'x' AS reason FROM (SELECT exec_id, row_number() OVER (PARTITION BY exec_id ORDER BY exe) AS n FROM execs) AS w WHERE n > 1 | n > 1 | true
          SELECT c.exec_id, 'x' AS reason FROM execs AS c JOIN execs AS p ON p.pid = c.pid AND p.uid > 0 | p.uid > 0 | true
          """)
  void otherShapes_areExplained(String sql, String failed, boolean alone) throws IOException {
    Run run = explain("mine", MAKE, "-r", write(sql + "\n"), "--format", "json");
    assertEquals(0, run.code(), run.err());
    JsonNode told = json(run);
    assertFalse(told.get("fires").booleanValue(), run.out());
    assertEquals(failed, told.at("/first_failed/text").stringValue(), run.out());
    JsonNode parts = told.get("parts");
    JsonNode last = parts.get(parts.size() - 1);
    assertEquals(alone, last.get("only_this_execution").booleanValue(), run.out());
    assertTrue(last.get("problem").isNull(), run.out());
  }

  @Test
  void lines_areThoseOfTheFile() throws IOException {
    String rule =
        write(
            """
            SELECT exec_id, 'é' AS reason -- not 'this'
            FROM execs
            WHERE uid = 0
              AND (exe = 'a -- b'
                /* c */ OR exe = 'd  e')
            """);
    JsonNode terms =
        json(explain("mine", MAKE, "-r", rule.toString(), "--format", "json")).at("/parts/0/terms");
    List<String> told = new ArrayList<>();
    terms.forEach(t -> told.add(t.get("line").intValue() + " " + t.get("text").stringValue()));
    assertEquals(
        List.of(
            "10 uid = 0",
            "11 exe = 'a -- b' OR exe = 'd  e'",
            "11 exe = 'a -- b'",
            "12 exe = 'd  e'"),
        told);
  }

  @Test
  void findingId_standsForItsExecution() {
    String id = ExecId.finding("net_sniff_tool_exec", CaptureFixture.execId(TCPDUMP));
    Run run = Run.of("explain", "net_sniff_tool_exec", id.substring(0, 8), "" + capture);
    assertEquals(explain("net_sniff_tool_exec", TCPDUMP).out(), run.out());
  }

  @Test
  void exitCodes() throws IOException {
    String id = CaptureFixture.execId(TCPDUMP);
    assertEquals(2, Run.of("explain", "nothing", id, "" + capture).code());
    assertEquals(2, Run.of("explain", "net_sniff_tool_exec", "abc", "" + capture).code());
    assertEquals(2, Run.of("explain", "net_sniff_tool_exec", "0".repeat(32), "" + capture).code());
    assertEquals(2, Run.of("explain", "net_sniff_tool_exec", id).code());
    Path twin = CaptureFixture.at(temp.resolve("lossy")).exec("/bin/ls").lost(1).write();
    assertEquals(4, Run.of("explain", "net_sniff_tool_exec", id, "" + capture, "" + twin).code());
    assertEquals(4, Run.of("explain", "net_sniff_tool_exec", "0".repeat(32), "" + twin).code());
    String broken = write("SELECT exec_id FROM no\n");
    assertEquals(3, Run.of("explain", "-r", broken, "mine", id, "" + capture).code());
    assertEquals(0, Run.of("explain", "--help").code());
  }

  @Test
  void hostileText_isEscaped() {
    String hostile = "\u001b[2J\u009b\r\n::error::x\n##[error]\u202e";
    Path nasty =
        CaptureFixture.at(temp.resolve("nasty"))
            .id(hostile)
            .host(hostile)
            .exec("/opt/" + hostile, "tcpdump", hostile)
            .write();
    for (String format : List.of("table", "json", "ndjson")) {
      String id = CaptureFixture.execId(0);
      Run run = Run.of("explain", "--format", format, "net_sniff_tool_exec", id, "" + nasty);
      assertEquals(0, run.code(), run.err());
      assertFalse(run.out().matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), run.out());
      assertFalse(run.out().contains("##["), run.out());
      assertTrue(run.out().lines().noneMatch(l -> l.strip().startsWith("::")), run.out());
    }
  }

  private String write(String sql) throws IOException {
    return Files.writeString(temp.resolve("mine.sql"), HEADER + sql).toString();
  }

  private Run explain(String rule, int execution, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("explain", rule, CaptureFixture.execId(execution)));
    arguments.addAll(List.of(options));
    arguments.add(capture.toString());
    return Run.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Run run) {
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }
}
