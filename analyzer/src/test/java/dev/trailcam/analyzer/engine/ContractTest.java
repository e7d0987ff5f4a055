// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Manifest;
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
 * was fixed, {@code contract-v2} what it wrote when tables and columns were added. The recorder's
 * own tests hold it to the same files.
 */
class ContractTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");

  @ParameterizedTest
  @EnumSource
  void everyStoredColumn_hasItsDeclaredType(Table table) throws Exception {
    for (int version = table.since(); version <= Manifest.FORMAT_VERSION; version++) {
      everyStoredColumn(table, version);
    }
  }

  private static void everyStoredColumn(Table table, int version) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Column column : table.storedColumns()) {
      if (column.since() <= version) {
        expected.put(column.columnName(), column.type().sql());
        if (column.type().text()) {
          expected.put(column.rawName(), column.type().rawSql());
        }
      }
    }
    Map<String, String> found = new TreeMap<>();
    query(
        "DESCRIBE SELECT * FROM " + segment(version, table),
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
    for (int version = 1; version <= Manifest.FORMAT_VERSION; version++) {
      assertEquals(1, count(version, Table.EXECS, condition), edge);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ended by a status    | EXITS        | exit_code = 7 AND signal IS NULL AND comm = 'perl'
          ended by a signal    | EXITS        | exit_code IS NULL AND signal = 15 AND comm = 'perl'
          no such file         | FAILED_EXECS | filename = '/nowhere/at-all' AND errno = 2 AND argv = ['tried', 'with', 'arguments']
          a directory          | FAILED_EXECS | filename = './directory' AND errno = 13
          no program           | FAILED_EXECS | filename = './text' AND errno = 8 AND comm = 'perl'
          name is no UTF-8     | FAILED_EXECS | filename_raw = './caf\\xE9'::BLOB AND errno = 2
          packet socket        | RAW_SOCKETS  | action = 'socket' AND family = 17 AND protocol = 3 AND errno = 0
          promiscuous          | RAW_SOCKETS  | action = 'promiscuous' AND family = 17 AND socket_type = 3
          filter               | RAW_SOCKETS  | action = 'filter' AND family = 17 AND socket_type = 3
          raw TCP              | RAW_SOCKETS  | action = 'socket' AND family = 2 AND socket_type = 3 AND protocol = 6
          raw UDP, version 6   | RAW_SOCKETS  | action = 'socket' AND family = 10 AND socket_type = 3 AND protocol = 17
          refused              | RAW_SOCKETS  | family = 17 AND errno = 22
          secrets in a URL     | EXECS        | secrets_masked = 2 AND regexp_matches(argv[3], '^https://alice:.secret:[0-9a-f]{12}.@example.org/x$')
          secrets in a script  | EXECS        | secrets_masked = 1 AND argv[1] = 'sh' AND NOT contains(argv[3], 'hunter2')
          a secret of its own  | EXECS        | argv[2] = '--token' AND secrets_masked = 1 AND length(argv[3]) = 21
          by a thread          | EXECS        | argv[2] = 'by a thread' AND exe = '/usr/bin/true'
          overlay, lower       | EXECS        | exe_name = 'came-with-it' AND NOT is_upper_layer
          overlay, upper       | EXECS        | exe_name = 'written' AND is_upper_layer
          no overlay           | EXECS        | argv[2] = 'after the loss' AND is_upper_layer IS NULL AND size > 1000 AND mtime <= ctime
          memfd                | FILES        | path = '/memfd:from-memory' AND sha256 IS NULL AND missing = 'memfd_or_deleted'
          a shell              | FILES        | path = '/usr/bin/dash' AND length(sha256) = 64 AND needed = ['libc.so.6'] AND missing IS NULL
          alive before         | PROCESSES    | exe_name = 'java' AND cpu = 65535
          """)
  void everyEdgeOfVersion2_isThereOnce(String edge, Table table, String condition)
      throws Exception {
    assertEquals(1, count(2, table, condition), edge);
  }

  private static long count(int version, Table table, String condition) throws Exception {
    long[] count = new long[1];
    query(
        "SELECT count(*) FROM " + segment(version, table) + " WHERE " + condition,
        row -> count[0] = row.getLong(1));
    return count[0];
  }

  @Test
  void loss_isToldWhenAndWhy() throws Exception {
    long[] lost = new long[1];
    query(
        "SELECT sum(count) FROM "
            + segment(1, Table.LOSSES)
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

  private static String segment(int version, Table table) throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES.resolve("contract-v" + version))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith(table.filePrefix() + "-"))
              .findFirst()
              .orElseThrow();
      return "read_parquet('" + file + "')";
    }
  }
}
