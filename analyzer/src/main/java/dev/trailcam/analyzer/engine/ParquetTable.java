// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;
import static dev.trailcam.analyzer.engine.Session.literal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a Parquet file of JSON Lines, row by row in their order. Names from outside are in no
 * statement: both files go by names in the private directory.
 */
final class ParquetTable {
  private final Session session;

  ParquetTable(Session session) {
    this.session = session;
  }

  /**
   * Writes the table.
   *
   * @param lines each of at most 16 MiB
   * @param columns names and types in SQL, both ours; what a line does not have is null
   * @param target a file whose content is replaced
   */
  void write(Path lines, Map<String, String> columns, Path target)
      throws SQLException, IOException {
    Path source = session.directory().link("lines.json", lines);
    Path written = session.directory().path().resolve("lines.parquet");
    String types =
        columns.entrySet().stream()
            .map(column -> identifier(column.getKey()) + ": " + literal(column.getValue()))
            .collect(Collectors.joining(", "));
    session.execute(
        "COPY (SELECT * FROM read_json("
            + literal(source)
            + ", format = 'newline_delimited', columns = {"
            + types
            + "})) TO "
            + literal(written)
            + " (FORMAT parquet, COMPRESSION zstd)");
    // Into the file that is there, which nobody else may read.
    try (OutputStream out = Files.newOutputStream(target)) {
      Files.copy(written, out);
    }
  }
}
