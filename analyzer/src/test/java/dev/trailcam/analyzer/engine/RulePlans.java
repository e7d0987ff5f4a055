// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.plan.Catalogue;
import dev.trailcam.analyzer.plan.PlainFilter;
import dev.trailcam.analyzer.plan.RulePlan;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.rules.SurfaceFile;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Plans of texts that the gate has let through, and the packed views, words and lists over captures
 * to hold the plans against. The executions stand in the table {@code all_execs}; what {@code
 * execs} shows of them can be changed.
 */
final class RulePlans implements AutoCloseable {
  private final Session session;
  private final RuleGate gate;
  private final Catalogue catalogue;

  /** Over captures at these paths. */
  RulePlans(Path... paths) throws SQLException, IOException {
    session = new Session(EngineOptions.DEFAULT);
    List<Capture> captures = CaptureSet.open(List.of(paths), name -> {}).captures();
    for (Table table : Table.values()) {
      load(table, captures);
    }
    CaptureTable.create(session, captures);
    RuleSurface surface = RuleSurface.packed();
    for (SurfaceFile prelude : surface.prelude()) {
      session.execute(prelude.text());
    }
    for (SurfaceFile list : surface.lists()) {
      load(list);
    }
    for (SurfaceFile view : surface.views()) {
      session.execute(view.text());
    }
    session.execute("CREATE TABLE all_execs AS SELECT * FROM execs");
    show("SELECT * FROM all_execs");
    Vocabulary vocabulary = vocabulary(surface);
    gate = new RuleGate(session, vocabulary);
    catalogue = Catalogue.of(vocabulary, surface.lists().stream().map(SurfaceFile::name).toList());
  }

  private void load(Table table, List<Capture> captures) throws SQLException {
    String name = "raw_" + table.sqlName();
    session.execute("CREATE TABLE " + name + " (" + SegmentSchema.of(table).definition() + ")");
    for (Capture capture : captures) {
      for (Segment segment : capture.segments()) {
        if (segment.table() == table) {
          session.execute(
              "INSERT INTO "
                  + name
                  + " BY NAME SELECT * FROM read_parquet("
                  + literal(segment.file())
                  + ")");
        }
      }
    }
  }

  private void load(SurfaceFile list) throws SQLException, IOException {
    Path copy = session.directory().write(list.name() + ".csv", list.text());
    String columns =
        Arrays.stream(list.text().lines().findFirst().orElseThrow().split(",", -1))
            .map(name -> literal(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", "));
    session.execute(
        "CREATE TABLE "
            + identifier(list.name())
            + " AS SELECT * FROM read_csv("
            + literal(copy)
            + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
            + " columns = {"
            + columns
            + "})");
  }

  private Vocabulary vocabulary(RuleSurface surface) throws SQLException {
    Map<String, Set<String>> tables = new TreeMap<>();
    Arrays.stream(Table.values()).forEach(t -> tables.put(t.sqlName(), new HashSet<>()));
    tables.put(CaptureTable.SQL_NAME, new HashSet<>());
    surface.lists().forEach(list -> tables.put(list.name(), new HashSet<>()));
    session.query(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal",
        row -> {
          if (tables.containsKey(row.getString(1))) {
            tables.get(row.getString(1)).add(row.getString(2));
          }
        });
    return Vocabulary.of(
        surface.prelude().stream().map(SurfaceFile::text).collect(Collectors.joining("\n")),
        tables);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Session session() {
    return session;
  }

  /** What {@code execs} shows from now on. */
  void show(String query) throws SQLException {
    session.execute("CREATE OR REPLACE TABLE shown_execs AS " + query);
    session.execute("CREATE OR REPLACE VIEW execs AS SELECT * FROM shown_execs");
  }

  /** The rows of a query, all columns as text, sorted. */
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    session.query(
        sql,
        row -> {
          StringBuilder text = new StringBuilder();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            text.append(row.getString(i)).append('\t');
          }
          rows.add(text.toString());
        });
    rows.sort(null);
    return rows;
  }

  /** The tree of what runs for a text. */
  SyntaxTree tree(String sql) throws SQLException {
    return gate.parse(checked(sql));
  }

  /** What runs for a text. */
  String checked(String sql) throws SQLException {
    try {
      return gate.require(sql).text();
    } catch (RuleRejected e) {
      throw new AssertionError(sql + ": " + e.violations(), e);
    }
  }

  RulePlan plan(String sql) throws SQLException {
    return RulePlan.of(tree(sql), catalogue);
  }

  Optional<PlainFilter> filter(String sql) throws SQLException {
    return PlainFilter.of(tree(sql), catalogue);
  }

  @Override
  public void close() throws SQLException, IOException {
    session.close();
  }
}
