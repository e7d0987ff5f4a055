// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Lets through what is exactly one SELECT. It parses and runs nothing: preparing a statement to see
 * what it is would already run all but its last part.
 */
final class RuleGate {
  private static final String SERIALIZE =
      "SELECT j->>'$.error_message', coalesce(json_array_length(j->'$.statements'), 0),"
          + " j->>'$.position' FROM (SELECT json_serialize_sql(?::VARCHAR)::JSON AS j)";

  private final Session session;

  RuleGate(Session session) {
    this.session = session;
  }

  /**
   * The rule as the inner part of a statement of ours.
   *
   * @throws RuleRejected if it is not one SELECT
   */
  String requireOneSelect(String sql) throws SQLException, RuleRejected {
    try (PreparedStatement serialize = session.prepare(SERIALIZE)) {
      serialize.setString(1, sql);
      try (ResultSet row = serialize.executeQuery()) {
        row.next();
        if (row.getString(1) != null) {
          throw new RuleRejected(
              lineAt(sql, row.getString(3)), "is not one SELECT: " + row.getString(1));
        }
        if (row.getInt(2) != 1) {
          throw new RuleRejected(0, "is not one SELECT: it holds " + row.getInt(2) + " statements");
        }
      }
    }
    // A final semicolon is good style by hand and in the way inside of brackets.
    String inner = sql.stripTrailing();
    return inner.endsWith(";") ? inner.substring(0, inner.length() - 1) : inner;
  }

  private static int lineAt(String sql, String position) {
    if (position == null) {
      return 0;
    }
    int end = Math.min(sql.length(), Integer.parseInt(position));
    return 1 + (int) sql.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  /** A rule that must not or cannot run. */
  static final class RuleRejected extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    RuleRejected(int line, String message) {
      super(message);
      this.line = line;
    }

    /** Line in the rule's file, or 0. */
    int line() {
      return line;
    }
  }
}
