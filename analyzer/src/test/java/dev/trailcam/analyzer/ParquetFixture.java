// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes rows as a Parquet file. */
final class ParquetFixture {
  private static final Connection CONNECTION = connect();

  private ParquetFixture() {}

  private static Connection connect() {
    try {
      return DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static synchronized void write(
      Path file, Map<String, String> columns, List<Map<String, Object>> rows) throws IOException {
    // The path may be as nasty as can be; COPY shall not see it.
    Path plain = Files.createTempFile("trailcam-fixture", ".parquet");
    try (Statement statement = CONNECTION.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      List<String> selects = new ArrayList<>();
      if (rows.isEmpty()) {
        selects.add(select(columns, Map.of()) + " WHERE false");
      }
      rows.forEach(row -> selects.add(select(columns, row)));
      statement.execute(
          "COPY ("
              + String.join(" UNION ALL ", selects)
              + ") TO '"
              + plain
              + "' (FORMAT parquet, COMPRESSION zstd)");
      Files.copy(plain, file);
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      Files.delete(plain);
    }
  }

  private static String select(Map<String, String> columns, Map<String, Object> row) {
    List<String> values = new ArrayList<>();
    columns.forEach(
        (name, type) ->
            values.add("CAST(" + literal(row.get(name)) + " AS " + type + ") AS \"" + name + '"'));
    return "SELECT " + String.join(", ", values);
  }

  private static String literal(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof CaptureFixture.Micros micros) {
      return "make_timestamptz(" + micros.value() + ")";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(ParquetFixture::literal).toList()) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      List<String> fields = new ArrayList<>();
      map.forEach((name, inner) -> fields.add("'" + name + "': " + literal(inner)));
      return "{" + String.join(", ", fields) + "}";
    }
    if (value instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    }
    return value.toString();
  }
}
