// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.PackedQueries;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What rules are written against: the packed prelude, lists and views. */
final class SqlSurface {

  private SqlSurface() {}

  /**
   * Creates the surface over the {@code raw_…} tables, which must exist.
   *
   * @return what of it rules may name
   */
  static Vocabulary create(Session session) throws SQLException, IOException {
    String prelude = PackedQueries.text("prelude/prelude.duckdb.sql");
    session.execute(prelude);
    Set<String> tables = new TreeSet<>(Set.of(CaptureTable.SQL_NAME));
    for (Table table : Table.values()) {
      tables.add(table.sqlName());
    }
    for (String list : PackedQueries.list("lists/", ".csv")) {
      tables.add(list(session, list));
    }
    for (String view : PackedQueries.list("views/", ".sql")) {
      session.execute(PackedQueries.text(view));
    }
    derive(session);
    return Vocabulary.of(prelude, columns(session, tables));
  }

  private static Map<String, Set<String>> columns(Session session, Set<String> tables)
      throws SQLException {
    Map<String, Set<String>> columns = new TreeMap<>();
    tables.forEach(table -> columns.put(table, new TreeSet<>()));
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

  /**
   * Computes once what every rule would compute again: ids and program names. Planning their
   * expressions alone takes about a second for every mention of {@code execs}. What is known of the
   * contents of files stays a join, which costs nothing where no rule asks for it.
   */
  private static void derive(Session session) throws SQLException {
    session.execute("CREATE TABLE derived_execs AS SELECT * FROM named_execs");
    session.execute("CREATE OR REPLACE VIEW named_execs AS SELECT * FROM derived_execs");
    session.execute(
        "CREATE TABLE exec_segments AS SELECT capture_id, cpu, seq, pid, boot_ns, segment"
            + " FROM staged_execs");
    session.execute("DROP VIEW raw_execs");
    session.execute("DROP TABLE staged_execs");
  }

  /** A list is a table named as its file, every column text. Returns that name. */
  private static String list(Session session, String path) throws SQLException, IOException {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String content = PackedQueries.text(path);
    Path copy = session.directory().write(file, content);
    String columns =
        Arrays.stream(content.lines().findFirst().orElse("").split(",", -1))
            .map(name -> literal(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", "));
    String name = file.substring(0, file.length() - ".csv".length());
    session.execute(
        "CREATE TABLE "
            + identifier(name)
            + " AS SELECT * FROM read_csv("
            + literal(copy)
            + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
            + " columns = {"
            + columns
            + "})");
    return name;
  }
}
