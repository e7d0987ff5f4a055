// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.query.QueryRows;
import dev.trailcam.analyzer.rules.RuleSurface;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is left out of what is read, the answer is that over everything. */
class QueryNeedsTest {
  /** With losses, sockets and failed executions. */
  private static final Path SAMPLE =
      Path.of(System.getProperty("trailcam.root"), "sample-captures", "contract-v2");

  private static final Set<String> FILE_KEY = Set.of("capture_id", "dev", "inode", "size", "ctime");

  private static CaptureSet set;
  private static QuerySession everything;

  @BeforeAll
  static void readEverything() throws QueryException {
    set = CaptureSet.open(List.of(SAMPLE), name -> {});
    everything = open(Optional.empty());
  }

  @AfterAll
  static void close() {
    everything.close();
  }

  /** What is known of files comes by a join, which the engine drops later if at all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 | {}",
        "SELECT count(*) FROM shells | {}",
        "SELECT host FROM captures | {}",
        "SELECT count(*) FROM losses | {losses=[]}",
        "SELECT path FROM files WHERE size > 9 | {files=[path, size]}",
        "SELECT comm FROM processes AS p JOIN losses AS l ON p.capture_id = l.capture_id AND cause ="
            + " 'x' | {files=[+], losses=[capture_id, cause], processes=[+, comm]}",
        "SELECT count(*) FROM execs | {execs=[+], files=[+]}",
        "SELECT exe FROM execs WHERE uid = 0 ORDER BY ts | {execs=[+, exe, ts, uid], files=[+]}",
        "SELECT exe FROM execs WHERE false AND uid = 1 | {execs=[+, exe, uid], files=[+]}",
        "SELECT program_names FROM execs | {execs=[+, argv, comm, exe, filename], files=[+]}",
        "WITH e AS (SELECT * FROM execs) SELECT pid FROM e | {execs=[+, pid], files=[+]}",
        "SELECT sha256 FROM execs | {execs=[+], files=[+, sha256]}",
      })
  void columns_areThoseThatTheQueryNeeds(String query, String needs) throws Exception {
    assertEquals(needs, needs(query));
  }

  static List<String> halves() {
    List<String> queries = new ArrayList<>();
    everything
        .tables()
        .forEach(
            (view, columns) -> {
              for (int half = 0; half < 2; half++) {
                List<String> names = new ArrayList<>();
                for (int i = half; i < columns.size(); i += 2) {
                  names.add(Session.identifier(columns.get(i).name()));
                }
                if (!names.isEmpty() && !isList(view)) {
                  queries.add(
                      "SELECT count(*), sum(hash(%s)::HUGEINT) FROM %s"
                          .formatted(String.join(", ", names), view));
                }
              }
            });
    assertTrue(queries.size() >= 16, queries::toString);
    return queries;
  }

  private static boolean isList(String view) {
    return RuleSurface.packed().lists().stream().anyMatch(list -> list.name().equals(view));
  }

  @ParameterizedTest
  @MethodSource("halves")
  void halfOfAView_saysTheSame(String query) throws Exception {
    assertSame(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(hash(e)::HUGEINT) FROM execs AS e",
        "SELECT * EXCLUDE (ancestors) FROM execs ORDER BY exec_id, seq LIMIT 3",
        "SELECT max(COLUMNS('.*id')) FROM execs",
        "SELECT count(*) FROM execs AS a JOIN execs AS b USING (pid, start_boot_ns)",
        "SELECT count(*) FROM execs AS e NATURAL JOIN (SELECT exec_id, pid FROM execs)",
        "SELECT exe, row_number() OVER (PARTITION BY uid ORDER BY boot_ns, seq) FROM execs"
            + " QUALIFY lag(exe) OVER (ORDER BY boot_ns, seq) = '/usr/bin/dash' ORDER BY ALL",
        "SELECT (SELECT max(exit_code) FROM exits AS x WHERE x.exec_id = e.exec_id) AS code,"
            + " count(*) FROM execs AS e GROUP BY ALL ORDER BY ALL",
        "SELECT pid FROM execs UNION BY NAME SELECT pid, exit_code FROM exits ORDER BY ALL LIMIT 9",
        "WITH RECURSIVE up(pid, n) AS (SELECT min(pid), 0 FROM execs UNION ALL SELECT e.ppid, n + 1"
            + " FROM up JOIN execs AS e USING (pid) WHERE n < 5) SELECT count(*), max(n) FROM up",
        "SELECT * FROM (SELECT exe, environment FROM execs) PIVOT (count(*) FOR environment IN"
            + " ('ci', 'staging')) ORDER BY ALL",
        "SELECT a.exe, count(*) FROM execs AS e, unnest(e.ancestors) AS t(a) GROUP BY 1 ORDER BY 1",
        "SELECT try(CAST(argv[1] AS INTEGER)) FROM execs LIMIT 1",
        "SELECT argv FROM execs WHERE random() > 2",
        "SELECT argv[1] FROM execs WHERE pid IN (SELECT pid FROM raw_sockets) OR exe IN (SELECT"
            + " '/usr/bin/' || name FROM net_sniff_tools) ORDER BY ALL",
        "SELECT count(*) FROM execs LEFT JOIN captures USING (capture_id) WHERE lost > 0",
        "SELECT list(DISTINCT exe ORDER BY exe) FILTER (WHERE uid = 0) FROM execs",
        "FROM execs SELECT count(sha256), count(needed) WHERE inline_code IS NULL",
      })
  void question_saysTheSame(String query) throws Exception {
    assertSame(query);
  }

  @Test
  void whatIsNotThere_isToldBeforeAnythingIsRead() {
    QueryException refused =
        assertThrows(QueryException.class, () -> open(Optional.of("SELECT nothing FROM execs")));
    assertTrue(refused.getMessage().contains("\"nothing\""), refused::getMessage);
  }

  private static void assertSame(String query) throws QueryException {
    try (QuerySession session = open(Optional.of(query))) {
      assertEquals(answer(everything, query), answer(session, query));
    }
  }

  private static String needs(String query) throws SQLException, IOException, QueryException {
    try (Session session = new Session(EngineOptions.DEFAULT)) {
      TreeMap<String, Object> needs = new TreeMap<>();
      QueryNeeds.of(session, RuleSurface.packed(), query)
          .forEach(
              (table, columns) -> {
                SortedSet<String> names = new TreeSet<>(columns);
                if (names.containsAll(FILE_KEY)) {
                  names.removeAll(FILE_KEY);
                  names.add("+");
                }
                needs.put(table.sqlName(), names);
              });
      return needs.toString();
    }
  }

  private static QuerySession open(Optional<String> query) throws QueryException {
    return new Engine("test", EngineOptions.DEFAULT, Progress.NONE)
        .ask(set, RuleSurface.packed(), query);
  }

  private static List<String> answer(QuerySession session, String query) throws QueryException {
    List<String> answer = new ArrayList<>();
    session.run(
        query,
        new QueryRows() {
          @Override
          public void columns(List<QueryColumn> columns) {
            answer.add(columns.toString());
          }

          @Override
          public void row(List<Object> values) {
            answer.add(values.toString());
          }

          @Override
          public void end() {
            answer.add("end");
          }
        });
    return answer;
  }
}
