// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.rules.SurfaceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Makes in a session what rules are written against: words, lists and views. */
final class SqlSurface {

  private SqlSurface() {}

  /**
   * Creates the surface over the {@code raw_…} tables, which must exist, and locks the session:
   * lists are data, but words and views are statements, and they may come from a stranger. Only the
   * settings of our own words are made before that.
   *
   * @throws BrokenSurfaceException if a file of it cannot be used
   */
  static void create(Session session, RuleSurface surface) throws SQLException, IOException {
    List<String> settings =
        RuleSurface.packed().prelude().stream()
            .flatMap(file -> file.text().lines())
            .filter(line -> line.startsWith("SET "))
            .toList();
    for (String setting : settings) {
      session.execute(setting);
    }
    for (SurfaceFile list : surface.lists()) {
      list(session, list);
    }
    session.lock();
    for (SurfaceFile prelude : surface.prelude()) {
      define(session, prelude, without(settings, prelude.text()));
    }
    for (SurfaceFile view : surface.views()) {
      define(session, view, view.text());
    }
    derive(session);
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
   * Computes once what every rule would compute again: ids and program names. Planning their
   * expressions alone takes about a second for every mention of {@code execs}. What is known of the
   * contents of files stays a join, which costs nothing where no rule asks for it. Views from a
   * time before there was such a step are as good, and slower.
   */
  private static void derive(Session session) throws SQLException {
    session.execute(
        "CREATE TABLE exec_segments AS SELECT capture_id, cpu, seq, pid, boot_ns, segment"
            + " FROM staged_execs");
    long[] steps = new long[1];
    session.query(
        "SELECT count(*) FROM duckdb_views() WHERE view_name = 'named_execs'",
        row -> steps[0] = row.getLong(1));
    if (steps[0] > 0) {
      session.execute("CREATE TABLE derived_execs AS SELECT * FROM named_execs");
      session.execute("CREATE OR REPLACE VIEW named_execs AS SELECT * FROM derived_execs");
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
