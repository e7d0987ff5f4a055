// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs rules one after the other and collects their hits in the temporary table {@code hits} of its
 * own connection. A rule that fails leaves no hits and stops no other.
 */
final class RuleRunner implements AutoCloseable {
  private final Session session;
  private final Connection connection;
  private final RuleGate gate;
  private final List<RuleProblem> problems = new ArrayList<>();

  RuleRunner(Session session) throws SQLException {
    this.session = session;
    this.connection = session.duplicate();
    this.gate = new RuleGate(session);
    session.execute(
        connection, "CREATE TEMP TABLE hits (rule INTEGER, exec_id VARCHAR, reason VARCHAR)");
  }

  Connection connection() {
    return connection;
  }

  /** Rules that failed so far. */
  List<RuleProblem> problems() {
    return problems;
  }

  /**
   * Runs one rule.
   *
   * @param number what its hits are to be marked with
   */
  void run(Rule rule, int number) {
    try {
      String inner = gate.requireOneSelect(rule.sql());
      // The rule's first line stays the first line, so that an error's line is the file's. The
      // smallest reason stands for several: which one came first depends on threads.
      session.execute(
          connection,
          "INSERT INTO temp.hits SELECT "
              + number
              + ", CAST(exec_id AS VARCHAR), min(CAST(reason AS VARCHAR)) FROM (SELECT exec_id,"
              + " reason FROM ("
              + inner
              + "\n) AS rule) AS hit GROUP BY 2");
      requireExecutions(number);
    } catch (RuleRejected e) {
      problems.add(new RuleProblem(rule.file(), e.line(), e.getMessage()));
    } catch (SQLException e) {
      problems.add(new RuleProblem(rule.file(), SqlMessage.line(e), SqlMessage.withHint(e)));
    }
  }

  private void requireExecutions(int number) throws SQLException, RuleRejected {
    long[] broken = new long[1];
    session.query(
        connection,
        "SELECT count(*) FROM temp.hits WHERE rule = "
            + number
            + " AND (exec_id IS NULL OR reason IS NULL)",
        row -> broken[0] = row.getLong(1));
    if (broken[0] > 0) {
      session.execute(connection, "DELETE FROM temp.hits WHERE rule = " + number);
      throw new RuleRejected(0, "returned rows whose exec_id or reason is NULL");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
