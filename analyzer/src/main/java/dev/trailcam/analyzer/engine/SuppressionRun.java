// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.JudgedSuppression;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.SuppressionLedger;
import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.suppressions.Suppression;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Asks the conditions of suppressions about the executions that were found. Needs of its session
 * the surface alone, with at least those executions in {@code execs}. A condition that fails
 * suppresses nothing and stops no other.
 *
 * <p>Two captures may hold one execution, and one of them may be forged. So a condition holds for
 * an execution only if it holds for every row there is of it: who adds a harmless copy hides
 * nothing.
 */
final class SuppressionRun {
  private static final Comparator<RuleProblem> BY_PLACE =
      Comparator.comparing(RuleProblem::file)
          .thenComparingInt(RuleProblem::line)
          .thenComparing(RuleProblem::message);

  private final Session session;
  private final Connection connection;
  private final ConditionGate gate;
  private final Duration timeout;
  private final List<RuleProblem> problems = new ArrayList<>();

  /**
   * A run that has asked nothing yet.
   *
   * @param connection one of the session's, for temporary tables
   * @param timeout how long one condition may run
   */
  SuppressionRun(Session session, Connection connection, Vocabulary vocabulary, Duration timeout) {
    this.session = session;
    this.connection = connection;
    this.gate = new ConditionGate(new RuleGate(session, vocabulary));
    this.timeout = timeout;
  }

  /**
   * Marks findings.
   *
   * @param rules all that were given
   * @param runs those that ran
   */
  SuppressionLedger.Outcome run(
      SuppressionSet set, List<Finding> findings, List<Rule> rules, List<ReplayResult.RuleRun> runs)
      throws SQLException {
    if (set.isEmpty()) {
      return new SuppressionLedger.Outcome(findings, Suppressions.NONE);
    }
    problems.addAll(set.problems());
    stage(findings);
    List<JudgedSuppression> judged = new ArrayList<>();
    for (int i = 0; i < set.entries().size(); i++) {
      judge(set.entries().get(i), i, judged);
    }
    SuppressionLedger ledger = new SuppressionLedger(judged, findings);
    return new SuppressionLedger.Outcome(
        ledger.findings(),
        new Suppressions(
            ledger.uses(
                rules.stream().map(Rule::id).collect(Collectors.toSet()),
                runs.stream().map(run -> run.rule().id()).collect(Collectors.toSet())),
            problems.stream().sorted(BY_PLACE).toList(),
            set.files()));
  }

  private void stage(List<Finding> findings) throws SQLException {
    session.execute(connection, "CREATE TEMP TABLE suppression_ids (exec_id VARCHAR)");
    session.execute(
        connection, "CREATE TEMP TABLE suppression_matches (entry INTEGER, exec_id VARCHAR)");
    Set<String> ids = new TreeSet<>();
    findings.forEach(finding -> ids.add(finding.execution().execId()));
    try (DuckDBAppender appender =
        connection
            .unwrap(DuckDBConnection.class)
            .createAppender("temp", "main", "suppression_ids")) {
      for (String id : ids) {
        appender.beginRow();
        appender.append(id);
        appender.endRow();
      }
    }
    session.execute(
        connection,
        "CREATE TEMP TABLE suppression_rows AS SELECT exec_id, count(*) AS n FROM execs"
            + " SEMI JOIN temp.suppression_ids USING (exec_id) GROUP BY exec_id");
  }

  private void judge(Suppression entry, int number, List<JudgedSuppression> judged)
      throws SQLException {
    try {
      ConditionGate.Checked checked = gate.require(entry.where());
      ask(checked, number);
      Set<String> executions = new HashSet<>();
      session.query(
          connection,
          "SELECT exec_id FROM temp.suppression_matches WHERE entry = " + number,
          row -> executions.add(row.getString(1)));
      judged.add(
          new JudgedSuppression(entry, checked.condition().texts(), checked.breadth(), executions));
    } catch (RuleRejected e) {
      problems.addAll(ConditionGate.problems(entry, e));
    }
  }

  /** As {@link RuleRunner} runs a rule; what was checked begins at the second line. */
  private void ask(ConditionGate.Checked checked, int number) throws SQLException, RuleRejected {
    session.execute(connection, "BEGIN TRANSACTION READ ONLY");
    try {
      session.insert(
          connection,
          "INSERT INTO temp.suppression_matches SELECT "
              + number
              + ", m.exec_id FROM (SELECT exec_id, count(*) AS n FROM (\n"
              + checked.select().text()
              + "\n) AS condition GROUP BY exec_id) AS m"
              + " JOIN temp.suppression_rows AS r ON r.exec_id = m.exec_id AND r.n = m.n",
          timeout);
      session.execute(connection, "COMMIT");
    } catch (SQLTimeoutException e) {
      session.execute(connection, "ROLLBACK");
      throw new RuleRejected(
          Violation.Code.SIZE, "was stopped after " + timeout.toSeconds() + " s; make it cheaper");
    } catch (SQLException e) {
      session.execute(connection, "ROLLBACK");
      throw ConditionGate.unbound(checked, e);
    }
  }
}
