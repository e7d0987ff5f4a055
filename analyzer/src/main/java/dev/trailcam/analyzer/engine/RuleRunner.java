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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /** What the view {@code execs} has a row for, and how hits lead to rows of segments. */
  enum Scope {
    /** Each execution. */
    EXECUTIONS("main", "exec_keys AS k ON k.exec_id = h.exec_id", "k." + SegmentReader.KEY),
    /** Each shape of executions; its number stands for the id. */
    SHAPES(ShapedExecs.SCHEMA),
    /** Each shape that holds a text of which such rules need one, see {@link CandidateShapes}. */
    CANDIDATES(CandidateShapes.SCHEMA);

    private final String schema;
    private final String rows;
    private final String key;

    Scope(String schema) {
      this(
          schema,
          "shape_rows AS k ON k." + ShapedExecs.SHAPE + " = TRY_CAST(h.exec_id AS BIGINT)",
          "unnest(k.keys)");
    }

    Scope(String schema, String rows, String key) {
      this.schema = schema;
      this.rows = rows;
      this.key = key;
    }
  }

  private final Session session;
  private final Connection connection;
  private final RuleGate gate;
  private final Duration timeout;
  private final Scope scope;
  private final SortedMap<Integer, List<RuleProblem>> problems = new TreeMap<>();
  private final SortedSet<Integer> starved = new TreeSet<>();

  /**
   * A runner that has found nothing yet.
   *
   * @param scope what the rules look at
   */
  RuleRunner(Session session, Vocabulary vocabulary, Duration timeout, Scope scope)
      throws SQLException {
    this.session = session;
    this.scope = scope;
    this.connection = session.duplicate(scope.schema);
    this.gate = new RuleGate(session, connection, vocabulary);
    this.timeout = timeout;
    session.execute(
        connection,
        "CREATE TEMP TABLE hits (rule INTEGER, exec_id VARCHAR, reason VARCHAR, severity VARCHAR)");
  }

  Connection connection() {
    return connection;
  }

  /** Rules that failed so far, by number. */
  SortedMap<Integer, List<RuleProblem>> problems() {
    return problems;
  }

  /** Rules that had too little memory beside others, by number; they may be run again. */
  SortedSet<Integer> starved() {
    return starved;
  }

  private void problem(Rule rule, int number, int line, String message) {
    problems
        .computeIfAbsent(number, key -> new ArrayList<>())
        .add(new RuleProblem(rule.file(), line, message));
  }

  /**
   * Runs one rule.
   *
   * @param number what its hits are to be marked with
   */
  void run(Rule rule, int number) {
    problems.remove(number);
    starved.remove(number);
    try {
      run(gate.require(rule.sql()), rule, number);
    } catch (RuleRejected e) {
      for (Violation violation : e.violations()) {
        problem(rule, number, violation.line(), violation.message());
      }
    } catch (SQLException e) {
      problem(rule, number, 0, SqlMessage.withHint(e));
    }
  }

  /** In a transaction that can change nothing but temporary tables, should the gate have a hole. */
  private void run(CheckedSelect select, Rule rule, int number) throws SQLException, RuleRejected {
    session.execute(connection, "BEGIN TRANSACTION READ ONLY");
    try {
      if (session.insert(connection, insertion(select, number), timeout) > 0) {
        requireSound(rule, number);
      }
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
      if (SqlMessage.isOutOfMemory(e)) {
        starved.add(number);
      }
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
    requireReal(number);
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

  private void requireReal(int number) throws SQLException, RuleRejected {
    List<String> strays = new ArrayList<>();
    session.query(
        connection,
        "SELECT min(h.exec_id) FROM temp.hits AS h ANTI JOIN "
            + scope.rows
            + " WHERE h.rule = "
            + number,
        row -> strays.add(row.getString(1)));
    if (strays.get(0) != null) {
      throw new RuleRejected(
          Violation.Code.BINDING, "returned an exec_id of no execution: " + strays.get(0));
    }
  }

  /** Hands over every hit: number of the rule, key of the row, reason, severity or null. */
  void hits(Session.RowVisitor visitor) throws SQLException {
    session.query(
        connection,
        "SELECT h.rule, "
            + scope.key
            + ", h.reason, h.severity FROM temp.hits AS h JOIN "
            + scope.rows,
        visitor);
  }

  private void requireNone(int number, String condition, String problem)
      throws SQLException, RuleRejected {
    String where = " FROM temp.hits WHERE rule = " + number;
    if (session.number(connection, "SELECT count(*)" + where + " AND (" + condition + ")") > 0) {
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
