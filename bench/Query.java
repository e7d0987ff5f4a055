// SPDX-License-Identifier: Apache-2.0
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.StringJoiner;

/** Runs one SQL query in DuckDB and prints its rows, their values divided by tabs. */
class Query {
  public static void main(String[] arguments) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      if (!statement.execute(arguments[0])) {
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          StringJoiner line = new StringJoiner("\t");
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            line.add(String.valueOf(rows.getString(i)));
          }
          System.out.println(line);
        }
      }
    }
  }
}
