// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.rules.SurfaceFile;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes in a session what rules are written against: words, lists and views. */
final class SqlSurface {

  private SqlSurface() {}

  /**
   * Makes the settings of our own words, and the lists, which are data. Words and views are
   * statements, and they may come from a stranger: they wait until the session is locked, unless
   * they are those that are packed.
   *
   * @throws BrokenSurfaceException if a list cannot be used
   */
  static void prepare(Session session, RuleSurface surface) throws SQLException, IOException {
    for (String setting : settings()) {
      session.execute(setting);
    }
    for (SurfaceFile list : surface.lists()) {
      list(session, list);
    }
  }

  private static List<String> settings() {
    return RuleSurface.packed().prelude().stream()
        .flatMap(file -> file.text().lines())
        .filter(line -> line.startsWith("SET "))
        .toList();
  }

  /**
   * Creates words and views over the {@code raw_…} tables, which must exist.
   *
   * @return what of it rules may name
   * @throws BrokenSurfaceException if a file of it cannot be used
   */
  static Vocabulary define(Session session, RuleSurface surface) throws SQLException {
    List<String> settings = settings();
    for (SurfaceFile prelude : surface.prelude()) {
      define(session, prelude, without(settings, prelude.text()));
    }
    for (SurfaceFile view : surface.views()) {
      define(session, view, view.text());
    }
    return Vocabulary.of(words(surface), columns(session, surface));
  }

  /** What there is to name, without the columns, which only an engine knows. */
  static Vocabulary names(RuleSurface surface) {
    return Vocabulary.of(words(surface), tables(surface));
  }

  private static String words(RuleSurface surface) {
    return surface.prelude().stream().map(SurfaceFile::text).collect(Collectors.joining("\n"));
  }

  private static Map<String, Set<String>> tables(RuleSurface surface) {
    Map<String, Set<String>> columns = new TreeMap<>();
    columns.put(CaptureTable.SQL_NAME, new TreeSet<>());
    for (Table table : Table.values()) {
      columns.put(table.sqlName(), new TreeSet<>());
    }
    surface.lists().forEach(list -> columns.put(list.name(), new TreeSet<>()));
    return columns;
  }

  private static Map<String, Set<String>> columns(Session session, RuleSurface surface)
      throws SQLException {
    Map<String, Set<String>> columns = tables(surface);
    session.query(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal",
        row -> {
          Set<String> names = columns.get(row.getString(1));
          if (names != null) {
            names.add(row.getString(2));
          }
        });
    return columns;
  }

  /** Each line stays where it was. */
  private static String without(List<String> settings, String prelude) {
    return Arrays.stream(prelude.split("\n", -1))
        .map(line -> settings.contains(line) ? "" : line)
        .collect(Collectors.joining("\n"));
  }

  private static void define(Session session, SurfaceFile file, String sql) throws SQLException {
    try {
      session.execute(sql);
    } catch (SQLException e) {
      throw broken(file, SqlMessage.line(e), e);
    }
  }

  /**
   * Computes once what every rule would compute again: ids, program names, code in arguments, and
   * what is known of the files. Planning their expressions takes up to a second for every mention
   * of {@code execs}. Views from a time before there was such a step are as good, and slower.
   */
  static void derive(Session session) throws SQLException {
    session.execute(
        "CREATE TABLE exec_keys AS SELECT "
            + FindingQuery.EXEC_ID
            + " AS exec_id, "
            + SegmentReader.KEY
            + " FROM staged_execs");
    long steps =
        session.number("SELECT count(*) FROM duckdb_views() WHERE view_name = 'named_execs'");
    if (steps > 0) {
      session.execute("CREATE TABLE derived_execs AS SELECT * FROM execs");
      session.execute("CREATE OR REPLACE VIEW execs AS SELECT * FROM derived_execs");
      session.execute("DROP VIEW named_execs");
      session.execute("DROP VIEW raw_execs");
      session.execute("DROP TABLE staged_execs");
    }
  }

  /** A list is a table named as its file, every column text. */
  private static void list(Session session, SurfaceFile list) throws SQLException, IOException {
    Path copy = session.directory().write(list.name() + ".csv", list.text());
    String columns =
        Arrays.stream(list.text().lines().findFirst().orElse("").split(",", -1))
            .map(name -> literal(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", "));
    try {
      session.execute(
          "CREATE TABLE "
              + identifier(list.name())
              + " AS SELECT * FROM read_csv("
              + literal(copy)
              + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
              + " columns = {"
              + columns
              + "})");
    } catch (SQLException e) {
      throw broken(list, 0, e);
    }
  }

  private static BrokenSurfaceException broken(SurfaceFile file, int line, SQLException e) {
    return new BrokenSurfaceException(
        new RuleProblem(file.file(), line, SqlMessage.withHint(e)), e);
  }
}
