// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.queries;

import static java.util.stream.Collectors.joining;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The SQL surface over empty tables in memory, set up in the order an engine does it. */
final class Surface implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("trailcam.root"), "queries");

  private final Connection connection;

  private Surface(Connection connection) {
    this.connection = connection;
  }

  static Surface open() throws SQLException, IOException {
    Surface surface = empty();
    surface.run("SET TimeZone = 'UTC'");
    for (Table table : Table.values()) {
      surface.run("CREATE TABLE raw_" + table.sqlName() + " (" + columns(table) + ")");
    }
    surface.run(
        "CREATE TABLE raw_captures (capture_id VARCHAR, host VARCHAR, boot_id VARCHAR, machine_id"
            + " VARCHAR, environment VARCHAR, kernel VARCHAR, arch VARCHAR, scope VARCHAR, command"
            + " VARCHAR[], started TIMESTAMPTZ, ended TIMESTAMPTZ, end_reason VARCHAR, exit_status"
            + " INTEGER, executed BIGINT, recorded BIGINT, lost BIGINT, lost_events BIGINT, complete"
            + " BOOLEAN)");
    surface.run(Files.readString(ROOT.resolve("prelude/prelude.duckdb.sql")));
    for (Path list : files("lists", ".csv")) {
      String name = list.getFileName().toString().replace(".csv", "");
      surface.run(
          "CREATE TABLE "
              + name
              + " AS FROM read_csv("
              + quoted(list.toString())
              + ", header = true, all_varchar = true)");
    }
    for (Path view : files("views", ".sql")) {
      surface.run(Files.readString(view));
    }
    return surface;
  }

  static Surface empty() throws SQLException {
    return new Surface(DriverManager.getConnection("jdbc:duckdb:"));
  }

  /** Stored columns and the companions of those that hold text from outside, as a capture has. */
  static String columns(Table table) {
    return table.storedColumns().stream().flatMap(Surface::definitions).collect(joining(", "));
  }

  private static Stream<String> definitions(Column column) {
    String definition = column.columnName() + " " + column.type().sql();
    return column.type().text()
        ? Stream.of(definition, column.rawName() + " " + column.type().rawSql())
        : Stream.of(definition);
  }

  /** Files of this kind below a directory of the module, in the order of their names. */
  static List<Path> files(String directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Every row as the text of its values, columns separated by a bar. */
  List<String> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        result.add(String.join("|", row));
      }
      return result;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
