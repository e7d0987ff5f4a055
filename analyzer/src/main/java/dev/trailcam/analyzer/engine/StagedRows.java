// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/**
 * A temporary table that is filled row by row, so that statements can take all of it at once: one
 * statement per row costs a thousand times as much.
 */
final class StagedRows implements AutoCloseable {
  private final DuckDBAppender appender;

  /**
   * An empty table.
   *
   * @param columns their names and types; one row has all of them
   */
  StagedRows(Session session, String table, String columns) throws SQLException {
    session.execute("CREATE OR REPLACE TEMP TABLE " + table + " (" + columns + ")");
    appender = session.appendTemporary(table);
  }

  /** Text, whole numbers, truth values and nulls, in the order of the columns. */
  void add(Object... values) throws SQLException {
    appender.beginRow();
    for (Object value : values) {
      if (value == null) {
        appender.appendNull();
      } else if (value instanceof String text) {
        appender.append(text);
      } else if (value instanceof Integer number) {
        appender.append(number);
      } else if (value instanceof Long number) {
        appender.append(number);
      } else if (value instanceof Boolean truth) {
        appender.append(truth);
      } else {
        throw new IllegalArgumentException(value.getClass().getName());
      }
    }
    appender.endRow();
  }

  /** Makes the rows visible. */
  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
