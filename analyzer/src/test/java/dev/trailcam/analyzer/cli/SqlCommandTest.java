// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class SqlCommandTest {
  private static final String HOSTILE =
      "\u001b[2J\u009b\r\n::error::x\n##[error]\u202e\u2028\"',;=1+1";

  @TempDir Path temp;

  private Path capture() {
    return CaptureFixture.at(temp.resolve("c"))
        .exec("/usr/bin/make", "make", "-j2")
        .exec("/usr/bin/tcpdump", "tcpdump", "-i", "any")
        .write();
  }

  private Run ask(String sql, String... options) {
    Path capture = temp.resolve("c");
    List<String> arguments =
        Stream.of(Stream.of("sql"), Stream.of(options), Stream.of(capture.toString(), sql))
            .flatMap(part -> part)
            .toList();
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void formats() {
    capture();
    String sql =
        "SELECT exe, argv, uid, ts, 9007199254740993 AS big, 170141183460469231731687303715884105727"
            + " AS huge, 0.5 AS half, NULL AS nothing, '' AS empty FROM execs ORDER BY seq;";
    assertEquals(
        """
        exe,argv,big,half,nothing,empty
        /usr/bin/make,"[""make"",""-j2""]",9007199254740993,0.5,,""
        /usr/bin/tcpdump,"[""tcpdump"",""-i"",""any""]",9007199254740993,0.5,,""
        """,
        ask(sql.replace("uid, ts, ", "").replaceAll("\\d+ AS huge, ", ""), "-f", "csv").out());
    assertEquals(
        """
        exe               uid  ts                                        big
        /usr/bin/make       0  2026-11-22T04:03:02.000000Z  9007199254740993
        /usr/bin/tcpdump    0  2026-11-22T04:03:02.001000Z  9007199254740993
        (2 rows)
        """,
        ask("SELECT exe, uid, ts, 9007199254740993 AS big FROM execs ORDER BY seq").out());
    assertEquals(
        "[\n{\"exe\":\"/usr/bin/make\",\"big\":9007199254740993,\"huge\":170141183460469231731687303715884105727}\n]\n",
        ask(
                "SELECT exe, 9007199254740993 AS big, 170141183460469231731687303715884105727 AS"
                    + " huge FROM execs ORDER BY seq LIMIT 1",
                "-f",
                "json")
            .out());
    assertEquals("[]\n", ask("SELECT 1 WHERE false", "-f", "json").out());
    assertEquals(
        "ns\n2026-01-01T00:00:00.123456789\n",
        ask("SELECT TIMESTAMP_NS '2026-01-01 00:00:00.123456789' AS ns", "-f", "csv").out());
    assertEquals("{\"1\":1,\"1_1\":1}\n", ask("SELECT 1, 1", "-f", "ndjson").out());
  }

  @Test
  void table_isAlignedForWideCharacters() {
    capture();
    assertEquals(
        """
        a       b
        日本語  1
        abc     2
        é       3
        (3 rows)
        """,
        ask("SELECT * FROM (VALUES ('日本語', '1'), ('abc', '2'), ('e\u0301', '3')) AS t(a, b)")
            .out());
  }

  @Test
  void everyView_canBeAsked() {
    capture();
    for (String view :
        List.of(
            "captures",
            "execs",
            "exits",
            "failed_execs",
            "files",
            "losses",
            "processes",
            "raw_sockets",
            "net_sniff_tools")) {
      Run run = ask("SELECT count(*) AS n FROM " + view, "-f", "ndjson");
      assertEquals(0, run.code(), run::err);
      assertTrue(run.out().matches("\\{\"n\":[0-9]+}\n"), run::out);
    }
    Run joined =
        ask(
            "WITH s AS (SELECT name FROM net_sniff_tools) SELECT exe FROM execs AS e WHERE EXISTS"
                + " (SELECT 1 FROM explode(e.program_names) AS p(n) JOIN s ON s.name = p.n)",
            "-f",
            "csv");
    assertEquals(new Run(0, "exe\n/usr/bin/tcpdump\n", ""), joined);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY execs TO 'FILE'",
        "COPY (SELECT 1) TO 'FILE' (FORMAT csv)",
        "ATTACH 'FILE' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "CREATE TABLE mine AS SELECT 1",
        "CREATE OR REPLACE VIEW execs AS SELECT 1",
        "DROP VIEW execs",
        "DELETE FROM raw_execs",
        "INSERT INTO staged_execs SELECT * FROM staged_execs",
        "UPDATE staged_execs SET uid = 0",
        "EXPORT DATABASE 'FILE'",
        "BEGIN TRANSACTION",
        "CHECKPOINT",
        "USE memory",
        "VACUUM",
        "PREPARE p AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW execs",
        "SELECT 1; COPY execs TO 'FILE'",
        "SELECT * FROM read_csv('FILE')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_parquet('FILE')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM 'https://example.com/x.csv'",
        "FROM 'FILE.parquet'",
        "SELECT (SELECT count(*) FROM read_csv('/etc/passwd'))",
        "SELECT * FROM execs WHERE exe IN (SELECT content FROM read_text('/etc/passwd'))",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('execs')",
        "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "SELECT * FROM enable_logging()",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM main.staged_execs",
        "WITH x AS (COPY execs TO 'FILE') SELECT 1",
        "WITH x AS (INSERT INTO staged_execs SELECT * FROM staged_execs RETURNING *) FROM x",
        "WITH x AS MATERIALIZED (FROM read_csv('FILE')) FROM x",
        "WITH RECURSIVE x AS (SELECT 1 UNION ALL FROM read_csv('FILE')) FROM x",
        "SELECT 1 UNION ALL SELECT * FROM glob('*')",
        "VALUES ((SELECT min(file) FROM glob('*')))",
        "SELECT 1 /* ; */; /* */ SET threads = 1",
        "SELECT '\u202e'",
        "SELECT ?",
        "DESCRIBE SELECT * FROM read_csv('/etc/passwd')",
        "PIVOT read_csv('/etc/passwd') ON a",
        ""
      })
  void whatIsNoQuestion_isRefusedAndDoesNothing(String sql) throws IOException {
    capture();
    Path file = temp.resolve("made");
    Run run =
        Run.of("sql", "-f", "json", "-c", sql.replace("FILE", "" + file), "" + temp.resolve("c"));
    assertEquals(2, run.code(), run.out() + run.err());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("trailcam: "), run.err());
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(List.of(temp.resolve("c")), left.toList());
    }
  }

  @Test
  void incompleteEvidence_isToldFirst() {
    Path lossy = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").lost(3).write();
    Run run = ask("SELECT exe FROM execs", "-f", "csv");
    assertEquals(4, run.code());
    assertEquals("exe\n/bin/ls\n", run.out());
    assertEquals(
        "trailcam: the evidence is incomplete: a row that is not there may be what is missing\n"
            + "trailcam: "
            + lossy
            + "/manifest.jsonl: the recorder counted executions it lost: 3 (ring_full)\n",
        run.err());
  }

  @Test
  void csv_isNoFormula() {
    capture();
    String sql =
        "SELECT t AS v, -1 AS number FROM (VALUES ('=1+1'), ('+1'), ('-1'), ('@x'), ('\t=x'),"
            + " (chr(13) || 'x'), (chr(10)), (' =x'), ('＝1'), ('x=1'), ('[secret]')) AS s(t)";
    assertEquals(
        List.of(
            "v,number",
            "'=1+1,-1",
            "'+1,-1",
            "'-1,-1",
            "'@x,-1",
            "'\\x09=x,-1",
            "'\\x0dx,-1",
            "'\\x0a,-1",
            "' =x,-1",
            "'＝1,-1",
            "x=1,-1",
            "[secret],-1"),
        ask(sql, "-f", "csv").out().lines().toList());
    assertTrue(
        ask(sql, "-f", "csv", "--raw")
            .out()
            .startsWith("v,number\n=1+1,-1\n+1,-1\n-1,-1\n@x,-1\n"));
  }

  @Test
  void hostileValues_reachNoTerminal() throws IOException {
    CaptureFixture.at(temp.resolve("c"))
        .host(HOSTILE)
        .exec(Map.of("exe", HOSTILE, "filename", HOSTILE, "argv", List.of(HOSTILE, "::warning::")))
        .write();
    String sql =
        "SELECT exe AS \""
            + "a##[x]"
            + "\", argv, [exe], {'k': exe}, MAP {exe: 1}, encode(exe),"
            + " host FROM execs";
    for (String format : List.of("table", "csv", "json", "ndjson")) {
      Run run = ask(sql, "-f", format);
      assertEquals(0, run.code(), run::err);
      assertFalse(run.out().matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), run.out());
      assertFalse(run.out().contains("##["), run.out());
      assertTrue(run.out().lines().noneMatch(line -> line.strip().startsWith("::")), run.out());
    }
    JsonNode row = new ObjectMapper().readTree(ask(sql, "-f", "ndjson").out());
    assertEquals(HOSTILE, row.get("a##[x]").stringValue());
    assertEquals(HOSTILE, row.get("argv").get(0).stringValue());
    Run wrong = ask("SELECT \"::error::\u009b##[x]\" FROM execs");
    assertEquals(2, wrong.code());
    assertFalse(wrong.err().contains("##["), wrong.err());
  }

  @Test
  void query_comesFromAFileToo() throws IOException {
    capture();
    Path file = Files.writeString(temp.resolve("q.sql"), "-- two\nSELECT 2 AS n -- no semicolon\n");
    assertEquals(
        new Run(0, "n\n2\n", ""),
        Run.of("sql", "-f", "csv", "--file", "" + file, "" + temp.resolve("c")));
    Files.write(file, new byte[] {'S', (byte) 0xff});
    assertEquals(4, Run.of("sql", "--file", "" + file, "" + temp.resolve("c")).code());
    assertEquals(
        2, Run.of("sql", "--file", "" + file, "-c", "SELECT 1", "" + temp.resolve("c")).code());
  }

  @Test
  void result_isWholeOrThereIsNoFile() throws IOException {
    capture();
    Path out = temp.resolve("out.csv");
    Run fails =
        ask(
            "SELECT CASE WHEN i > 5000 THEN error('x') ELSE i END FROM range(9000) AS t(i)",
            "-o",
            "" + out);
    assertEquals(2, fails.code(), fails.out() + fails.err());
    assertFalse(Files.exists(out));
    assertEquals(0, ask("SELECT 1 AS n", "-f", "csv", "-o", "" + out).code());
    assertEquals("n\n1\n", Files.readString(out, UTF_8));
    assertEquals(2, ask("SELECT 1 AS n", "-f", "csv", "-o", "" + out).code());
  }

  @Test
  void parquet_keepsTypesThatItHas() throws Exception {
    capture();
    Path file = temp.resolve("out.parquet");
    String sql =
        "SELECT exe, argv, uid, ts, ts::DATE AS day, 9007199254740993 AS big, 1 AS Big,"
            + " 170141183460469231731687303715884105727 AS huge, 0.25::DOUBLE AS quarter, true AS"
            + " yes, NULL::VARCHAR AS nothing, {'k': exe} AS structure, 1 AS \"it's \"\"that\""
            + " FROM execs ORDER BY seq";
    assertEquals(2, ask(sql, "-f", "parquet").code());
    Run run = ask(sql, "-f", "parquet", "-o", "" + file);
    assertEquals(new Run(0, "", ""), run);
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT t::JSON FROM (SELECT *, typeof(ts) AS type FROM read_parquet('"
                    + file
                    + "')) AS t")) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    assertEquals(2, rows.size());
    assertEquals(
        "{\"exe\":\"/usr/bin/make\",\"argv\":[\"make\",\"-j2\"],\"uid\":0,"
            + "\"ts\":\"2026-11-22 04:03:02+00\",\"day\":\"2026-11-22\",\"big\":9007199254740993,"
            + "\"Big_1\":1,\"huge\":\"170141183460469231731687303715884105727\",\"quarter\":0.25,"
            + "\"yes\":true,\"nothing\":null,\"structure\":\"{\\\"k\\\":\\\"/usr/bin/make\\\"}\","
            + "\"it's \\\"that\":1,\"type\":\"TIMESTAMP WITH TIME ZONE\"}",
        rows.get(0));
    assertEquals(2, ask("SELECT error('x')", "-f", "parquet", "-o", temp + "/none").code());
    assertFalse(Files.exists(temp.resolve("none")));
  }

  @Test
  void lines_beginNoSectionOfALog() {
    capture();
    String sql =
        "SELECT * FROM (VALUES ('--- x'), ('+++ x'), ('~~~ x'), ('^^^ x'), ('::x')) AS t(a)";
    assertEquals(
        "a\n\\x2d-- x\n\\x2b++ x\n\\x7e~~ x\n\\x5e^^ x\n\\x3a:x\n(5 rows)\n", ask(sql).out());
    assertEquals("a\n'--- x\n'+++ x\n\\x7e~~ x\n\\x5e^^ x\n\\x3a:x\n", ask(sql, "-f", "csv").out());
  }
}
