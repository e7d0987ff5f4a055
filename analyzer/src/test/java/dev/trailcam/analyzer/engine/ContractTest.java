// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The seam to the recorder: {@code sample-captures/contract-v1} is what it wrote when the format
 * was fixed. The recorder's own tests hold it to the same files.
 */
class ContractTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("trailcam.root"), "sample-captures", "contract-v1");

  @ParameterizedTest
  @EnumSource(names = {"EXECS", "LOSSES"}) // the tables of format 1
  void everyStoredColumn_hasItsDeclaredType(Table table) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Column column : table.storedColumns()) {
      if (column.since() == 1) {
        expected.put(column.columnName(), column.type().sql());
        if (column.type().text()) {
          expected.put(column.rawName(), column.type().rawSql());
        }
      }
    }
    Map<String, String> found = new TreeMap<>();
    query(
        "DESCRIBE SELECT * FROM " + segment(table),
        row -> found.put(row.getString(1), row.getString(2)));
    assertEquals(expected, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every byte           | argv_raw IS NOT NULL AND octet_length(argv_raw[2]) = 255
          no UTF-8             | argv[2] = 'caf\ufffd' AND argv_raw[2] = 'caf\\xE9'::BLOB
          empty arguments      | argv = ['true', '', '', 'after two empty ones'] AND argc = 4
          no name              | argv = [''] AND argc = 1
          cut                  | argv_truncated AND argc = 5001 AND argv_bytes = 40005
          file is no UTF-8     | exe_raw IS NOT NULL AND comm_raw IS NOT NULL AND filename_raw IS NOT NULL
          directory is no UTF-8| cwd_raw IS NOT NULL
          long name            | length(comm) = 15 AND exe_name = 'a-name-of-more-than-fifteen-bytes'
          link                 | filename = './link-to-true' AND exe = '/usr/bin/true'
          script               | filename = './script' AND interp = '/bin/sh' AND exe = '/usr/bin/dash'
          loader               | exe_name LIKE 'ld-linux%' AND argv[2] = '/bin/true'
          memfd                | is_memfd AND nlink = 0 AND exe = '/memfd:from-memory'
          loader variables     | list_sort(env_names) = ['LD_BIND_NOW', 'LD_PRELOAD']
          directory not whole  | read_faults = ['cwd'] AND cwd NOT LIKE '/%'
          ancestors not all    | read_faults = ['ancestors'] AND len(ancestors) = 24
          pid 1 of a namespace | ns_pid = 1 AND pid > 1 AND parent_exe = '/usr/bin/unshare'
          after the loss       | argv[2] = 'after the loss'
          """)
  void everyEdge_isThereOnce(String edge, String condition) throws Exception {
    long[] count = new long[1];
    query(
        "SELECT count(*) FROM " + segment(Table.EXECS) + " WHERE " + condition,
        row -> count[0] = row.getLong(1));
    assertEquals(1, count[0], edge);
  }

  @Test
  void loss_isToldWhenAndWhy() throws Exception {
    long[] lost = new long[1];
    query(
        "SELECT sum(count) FROM "
            + segment(Table.LOSSES)
            + " WHERE cause = 'ring_full' AND from_ts < to_ts AND from_boot_ns < to_boot_ns",
        row -> lost[0] = row.getLong(1));
    assertTrue(lost[0] > 0);
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(String sql, RowReader reader) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private static String segment(Table table) throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith(table.filePrefix() + "-"))
              .findFirst()
              .orElseThrow();
      return "read_parquet('" + file + "')";
    }
  }
}
