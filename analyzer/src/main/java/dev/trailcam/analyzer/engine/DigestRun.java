// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Hashes what the rows of some parts say: column by column, so little of them is in memory. */
final class DigestRun {
  private final Session session;
  private final long[] rows;
  private final MessageDigest[] parts;
  private final MessageDigest column = sha256();

  // The part whose column is being read; -1 before the first.
  private int current = -1;
  private long values;

  /** Of so many parts. */
  DigestRun(Session session, int count) {
    this.session = session;
    this.rows = new long[count];
    this.parts = new MessageDigest[count];
  }

  /**
   * Reads them.
   *
   * @param from a query for the rows, as in {@link RowEncoding#pieces}
   * @param present columns that it has
   */
  List<RowDigest> read(List<RowEncoding> columns, Set<String> present, String from)
      throws SQLException {
    session.query(
        "SELECT " + RowEncoding.PART + ", count(*) FROM (" + from + ") GROUP BY 1",
        row -> rows[row.getInt(1)] = row.getLong(2));
    for (int part = 0; part < parts.length; part++) {
      parts[part] = sha256();
      parts[part].update(("rows=" + rows[part] + "\n").getBytes(UTF_8));
    }
    for (RowEncoding encoding : columns) {
      if (present.contains(encoding.name())) {
        session.query(
            encoding.pieces(from),
            row -> {
              next(row.getInt(1), encoding.name());
              column.update(row.getString(2).getBytes(UTF_8));
              values += row.getLong(3);
            });
        next(-1, encoding.name());
      }
    }
    List<RowDigest> digests = new ArrayList<>();
    for (int part = 0; part < parts.length; part++) {
      digests.add(new RowDigest(rows[part], HexFormat.of().formatHex(parts[part].digest())));
    }
    return digests;
  }

  /** Ends the column of a part; one that is null in all rows is as if it were not there. */
  private void next(int part, String name) {
    if (part == current) {
      return;
    }
    byte[] hash = column.digest();
    if (values > 0) {
      parts[current].update((name + "=" + HexFormat.of().formatHex(hash) + "\n").getBytes(UTF_8));
    }
    current = part;
    values = 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
