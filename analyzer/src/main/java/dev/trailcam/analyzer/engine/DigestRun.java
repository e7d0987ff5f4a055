// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/**
 * Hashes what the rows of some parts say. Numbers come in one pass, texts column by column, so
 * little of them is in memory; a text that is the same in all rows of each part is told by its
 * least and greatest value.
 */
final class DigestRun {
  private final Session session;
  private final List<RowEncoding> columns;
  private final String from;
  private final long[] rows;
  private final byte[][][] hashes;
  private final MessageDigest text = sha256();

  // The part whose text is being read; -1 before the first.
  private int current = -1;

  /**
   * Of so many parts.
   *
   * @param present columns that there are
   * @param from a query for the rows, as in {@link RowEncoding#pieces}
   */
  DigestRun(
      Session session, int count, List<RowEncoding> columns, Set<String> present, String from) {
    this.session = session;
    this.columns = columns.stream().filter(one -> present.contains(one.name())).toList();
    this.from = from;
    this.rows = new long[count];
    this.hashes = new byte[count][this.columns.size()][];
  }

  List<RowDigest> read() throws SQLException {
    for (int column : texts()) {
      session.query(
          columns.get(column).pieces(from),
          row -> {
            next(row.getInt(1), column);
            text.update(row.getString(2).getBytes(UTF_8));
          });
      next(-1, column);
    }
    numbers();
    List<RowDigest> digests = new ArrayList<>();
    for (int part = 0; part < rows.length; part++) {
      MessageDigest all = sha256();
      all.update(("rows=" + rows[part] + "\n").getBytes(UTF_8));
      for (int column = 0; column < columns.size(); column++) {
        if (hashes[part][column] != null) {
          String hash = HexFormat.of().formatHex(hashes[part][column]);
          all.update((columns.get(column).name() + "=" + hash + "\n").getBytes(UTF_8));
        }
      }
      digests.add(new RowDigest(rows[part], HexFormat.of().formatHex(all.digest())));
    }
    return digests;
  }

  /** Counts rows, hashes texts that do not vary, and gives the columns that do. */
  private List<Integer> texts() throws SQLException {
    boolean[] vary = new boolean[columns.size()];
    session.query(
        "SELECT "
            + RowEncoding.PART
            + ", count(*)"
            + columns.stream().map(RowEncoding::summary).collect(Collectors.joining())
            + " FROM ("
            + from
            + ") GROUP BY 1",
        row -> summary(row, vary));
    List<Integer> varying = new ArrayList<>();
    for (int column = 0; column < vary.length; column++) {
      if (vary[column]) {
        varying.add(column);
      }
    }
    return varying;
  }

  private void summary(ResultSet row, boolean[] vary) throws SQLException {
    int part = row.getInt(1);
    rows[part] = row.getLong(2);
    int at = 3;
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).number()) {
        continue;
      }
      boolean any = row.getBoolean(at++);
      String same = row.getString(at++);
      if (same != null) {
        hashes[part][column] =
            sha256().digest((same + "[0.." + (rows[part] - 1) + "]\n").getBytes(UTF_8));
      } else if (any) {
        vary[column] = true;
      }
    }
  }

  /** Ends the column of a part; one that is null in all rows is as if it were not there. */
  private void next(int part, int column) {
    if (part == current) {
      return;
    }
    byte[] hash = text.digest();
    if (current >= 0) {
      hashes[current][column] = hash;
    }
    current = part;
  }

  private void numbers() throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    StringBuilder values = new StringBuilder();
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).number()) {
        numbers.add(column);
        values.append(", ").append(columns.get(column).value());
      }
    }
    List<NumberDigest> digests = numbers.stream().map(column -> new NumberDigest()).toList();
    long[] read = new long[rows.length];
    int[] open = {-1};
    session.chunks(
        "SELECT "
            + String.join(", ", RowEncoding.PART, "CAST(" + RowEncoding.ROW + " AS BIGINT)")
            + values
            + " FROM ("
            + from
            + ")",
        chunk -> {
          DuckDBReadableVector parts = chunk.vector(0);
          DuckDBReadableVector places = chunk.vector(1);
          int count = Math.toIntExact(chunk.rowCount());
          for (int start = 0; start < count; ) {
            int part = parts.getInt(start);
            int end = start;
            // The engine takes rows as they come, so it is asked whether they came in their order.
            for (; end < count && parts.getInt(end) == part; end++) {
              if (places.getLong(end) != read[part]++) {
                throw new SQLException("rows came out of order");
              }
            }
            if (part != open[0]) {
              end(numbers, digests, open[0]);
              open[0] = part;
            }
            add(chunk, digests, start, end);
            start = end;
          }
        });
    end(numbers, digests, open[0]);
    for (int part = 0; part < rows.length; part++) {
      if (read[part] != rows[part]) {
        throw new SQLException("rows were lost on the way");
      }
    }
  }

  private static void add(
      DuckDBDataChunkReader chunk, List<NumberDigest> digests, int start, int end) {
    for (int i = 0; i < digests.size(); i++) {
      NumberDigest digest = digests.get(i);
      DuckDBReadableVector values = chunk.vector(2 + i);
      boolean flags = values.getType() == DuckDBColumnType.BOOLEAN;
      for (int row = start; row < end; row++) {
        if (values.isNull(row)) {
          digest.addNull();
        } else if (flags) {
          digest.add(values.getBoolean(row));
        } else {
          digest.add(values.getLong(row));
        }
      }
    }
  }

  private void end(List<Integer> numbers, List<NumberDigest> digests, int part) {
    for (int i = 0; i < digests.size() && part >= 0; i++) {
      hashes[part][numbers.get(i)] = digests.get(i).end();
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
