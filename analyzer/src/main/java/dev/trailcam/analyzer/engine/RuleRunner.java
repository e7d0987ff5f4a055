// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.gate.CheckedSelect;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
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
  private final Duration timeout;
  private final List<RuleProblem> problems = new ArrayList<>();

  RuleRunner(Session session, Vocabulary vocabulary, Duration timeout) throws SQLException {
    this.session = session;
    this.connection = session.duplicate();
    this.gate = new RuleGate(session, vocabulary);
    this.timeout = timeout;
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
      run(gate.require(rule.sql()), rule, number);
    } catch (RuleRejected e) {
      for (Violation violation : e.violations()) {
        problems.add(new RuleProblem(rule.file(), violation.line(), violation.message()));
      }
    } catch (SQLException e) {
      problems.add(new RuleProblem(rule.file(), 0, SqlMessage.withHint(e)));
    }
  }

  /** In a transaction that can change nothing but temporary tables, should the gate have a hole. */
  private void run(CheckedSelect select, Rule rule, int number) throws SQLException, RuleRejected {
    session.execute(connection, "BEGIN TRANSACTION READ ONLY");
    try {
      session.execute(connection, insertion(select, number), timeout);
      requireSound(rule, number);
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

  /**
   * The rule begins at the second line, see {@link RuleGate#unbound}. It need not return a
   * severity. The smallest reason of the worst severity stands for several: which one came first
   * depends on threads.
   */
  private static String insertion(CheckedSelect select, int number) {
    return "INSERT INTO temp.hits SELECT "
        + number
        + ", exec_id, min_by(reason, (rank, reason)), min_by(severity, (rank, reason))"
        + " FROM (SELECT CAST(exec_id AS VARCHAR) AS exec_id,"
        + " CAST(reason AS VARCHAR) AS reason, CAST(severity AS VARCHAR) AS severity, "
        + RANK
        + " AS rank FROM (FROM (\n"
        + select.text()
        + "\n) AS rule UNION ALL BY NAME"
        + " SELECT CAST(NULL AS VARCHAR) AS severity WHERE false) AS hit)"
        + " GROUP BY exec_id";
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
      throw new RuleRejected(Violation.Code.BINDING, problem);
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
