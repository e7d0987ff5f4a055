// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** Ask CAPTURE SQL...: prints the rows of queries over a capture's tables, named as its files are. */
class Ask {
  public static void main(String[] arguments) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String table : new String[] {"exec", "exit", "failed", "socket", "process", "file", "loss"}) {
        File[] files =
            new File(arguments[0]).listFiles((dir, name) -> name.matches(table + "-[0-9]+\\.parquet"));
        if (files.length > 0) {
          statement.execute(
              "CREATE VIEW " + table + "s AS FROM read_parquet('" + arguments[0] + "/" + table + "-*.parquet')");
        }
      }
      for (int i = 1; i < arguments.length; i++) {
        try (ResultSet rows = statement.executeQuery(arguments[i])) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int column = 1; column <= columns; column++) {
              line.append(column > 1 ? "\t" : "").append(rows.getString(column));
            }
            System.out.println(line);
          }
        }
      }
    }
  }
}
