// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs rules one after the other and collects their hits in the temporary table {@code hits} of its
 * own connection. A rule that fails leaves no hits and stops no other.
 */
final class RuleRunner implements AutoCloseable {
  /** The worst severity has the lowest rank; no severity is the rule's own, the worst it has. */
  private static final String RANK =
      Arrays.stream(Severity.values())
          .map(severity -> Session.literal(severity.id()))
          .collect(Collectors.joining(", ", "-coalesce(list_position([", "], severity), 99)"));

  private final Session session;
  private final Connection connection;
  private final RuleGate gate;
  private final List<RuleProblem> problems = new ArrayList<>();

  RuleRunner(Session session) throws SQLException {
    this.session = session;
    this.connection = session.duplicate();
    this.gate = new RuleGate(session);
    session.execute(
        connection,
        "CREATE TEMP TABLE hits (rule INTEGER, exec_id VARCHAR, reason VARCHAR, severity VARCHAR)");
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
      // The rule's first line stays the first line, so that an error's line is the file's. It need
      // not return a severity. The smallest reason of the worst severity stands for several: which
      // one came first depends on threads.
      session.execute(
          connection,
          "INSERT INTO temp.hits SELECT "
              + number
              + ", exec_id, min_by(reason, (rank, reason)), min_by(severity, (rank, reason))"
              + " FROM (SELECT CAST(exec_id AS VARCHAR) AS exec_id,"
              + " CAST(reason AS VARCHAR) AS reason, CAST(severity AS VARCHAR) AS severity, "
              + RANK
              + " AS rank FROM (FROM ("
              + inner
              + "\n) AS rule UNION ALL BY NAME"
              + " SELECT CAST(NULL AS VARCHAR) AS severity WHERE false) AS hit)"
              + " GROUP BY exec_id");
      requireSound(rule, number);
    } catch (RuleRejected e) {
      problems.add(new RuleProblem(rule.file(), e.line(), e.getMessage()));
    } catch (SQLException e) {
      problems.add(new RuleProblem(rule.file(), SqlMessage.line(e), SqlMessage.withHint(e)));
    }
  }

  private void requireSound(Rule rule, int number) throws SQLException, RuleRejected {
    requireNone(
        number,
        "exec_id IS NULL OR reason IS NULL",
        "returned rows whose exec_id or reason is NULL");
    String allowed =
        Arrays.stream(Severity.values())
            .filter(severity -> severity.compareTo(rule.severity()) <= 0)
            .map(severity -> Session.literal(severity.id()))
            .collect(Collectors.joining(", "));
    requireNone(
        number,
        "severity NOT IN (" + allowed + ")",
        "returned a severity that is none of " + allowed.replace("'", "") + " (its own at most)");
  }

  private void requireNone(int number, String condition, String problem)
      throws SQLException, RuleRejected {
    long[] broken = new long[1];
    String where = " FROM temp.hits WHERE rule = " + number;
    session.query(
        connection,
        "SELECT count(*)" + where + " AND (" + condition + ")",
        row -> broken[0] = row.getLong(1));
    if (broken[0] > 0) {
      session.execute(connection, "DELETE" + where);
      throw new RuleRejected(0, problem);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
