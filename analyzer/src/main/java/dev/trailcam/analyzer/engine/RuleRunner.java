// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.gate.CheckedSelect;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
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
  private final Duration timeout;
  private final List<RuleProblem> problems = new ArrayList<>();

  RuleRunner(Session session, Vocabulary vocabulary, Duration timeout) throws SQLException {
    this.session = session;
    this.connection = session.duplicate();
    this.gate = new RuleGate(session, vocabulary);
    this.timeout = timeout;
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
      run(gate.require(rule.sql()), number);
    } catch (RuleRejected e) {
      for (Violation violation : e.violations()) {
        problems.add(new RuleProblem(rule.file(), violation.line(), violation.message()));
      }
    } catch (SQLException e) {
      problems.add(new RuleProblem(rule.file(), 0, SqlMessage.withHint(e)));
    }
  }

  /** In a transaction that can change nothing but temporary tables, should the gate have a hole. */
  private void run(CheckedSelect select, int number) throws SQLException, RuleRejected {
    session.execute(connection, "BEGIN TRANSACTION READ ONLY");
    try {
      // The smallest reason stands for several: which one came first depends on threads.
      session.execute(
          connection,
          "INSERT INTO temp.hits SELECT "
              + number
              + ", CAST(exec_id AS VARCHAR), min(CAST(reason AS VARCHAR)) FROM (SELECT exec_id,"
              + " reason FROM (\n"
              + select.text()
              + "\n) AS rule) AS hit GROUP BY 2",
          timeout);
      requireExecutions(number);
      session.execute(connection, "COMMIT");
    } catch (SQLTimeoutException e) {
      session.execute(connection, "ROLLBACK");
      throw new RuleRejected(
          Violation.Code.SIZE,
          "was stopped after "
              + timeout.toSeconds()
              + " s; make it cheaper or allow more with --rule-timeout");
    } catch (SQLException e) {
      session.execute(connection, "ROLLBACK");
      throw new RuleRejected(List.of(RuleGate.unbound(select, e)));
    } catch (RuleRejected e) {
      session.execute(connection, "ROLLBACK");
      throw e;
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
      throw new RuleRejected(
          Violation.Code.BINDING, "returned rows whose exec_id or reason is NULL");
    }
  }

  /** The tree of a rule that has run, so that it was let through. */
  SyntaxTree tree(Rule rule) throws SQLException {
    return gate.parse(rule.sql());
  }

  /** The engine's text for a tree that was made of one that was let through. */
  String written(String tree) throws SQLException {
    return gate.write(tree);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
