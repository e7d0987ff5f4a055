// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Asks DuckDB: {@code Ask THREADS COST FILE}. FILE has a name, a tab and a query a line. Prints name
 * and first value of each query that has a name; COST gets what all of them took, without the
 * start of this program: {@code elapsed_ns} and {@code cpu_us}, one "name value" a line.
 */
final class Ask {
  private Ask() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    List<String> lines = Files.readAllLines(Path.of(arguments[2]));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + Integer.parseInt(arguments[0]));
      statement.execute("SET enable_progress_bar = false");
      long began = System.nanoTime();
      long spent = cpuNs();
      for (String line : lines) {
        String name = line.substring(0, line.indexOf('\t'));
        if (statement.execute(line.substring(name.length() + 1)) && !name.isEmpty()) {
          try (ResultSet row = statement.getResultSet()) {
            row.next();
            System.out.println(name + " " + row.getString(1));
          }
        }
      }
      Files.writeString(
          Path.of(arguments[1]),
          "elapsed_ns %d%ncpu_us %d%n"
              .formatted(System.nanoTime() - began, (cpuNs() - spent) / 1000));
    }
  }

  private static long cpuNs() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
