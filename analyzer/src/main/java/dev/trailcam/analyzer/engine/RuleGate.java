// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.gate.CheckedSelect;
import dev.trailcam.analyzer.gate.RuleCheck;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.gate.Vocabulary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Makes of a rule's text a statement that may run. The text itself is a parameter here and nothing
 * else anywhere: preparing it to see what it is would already run all but its last statement.
 */
final class RuleGate {
  private static final String PARSE = "SELECT json_serialize_sql(CAST(? AS VARCHAR))";
  private static final String WRITE = "SELECT json_deserialize_sql(CAST(? AS JSON))";

  private final Session session;
  private final Connection connection;
  private final RuleCheck check;

  RuleGate(Session session, Vocabulary vocabulary) {
    this(session, session.connection(), vocabulary);
  }

  /**
   * A gate that asks the engine on a connection of its own.
   *
   * @param connection to the session's database; used by one thread at a time
   */
  RuleGate(Session session, Connection connection, Vocabulary vocabulary) {
    this.session = session;
    this.connection = connection;
    this.check = new RuleCheck(vocabulary);
  }

  /**
   * What may run for a rule.
   *
   * @throws RuleRejected if nothing may
   */
  CheckedSelect require(String sql) throws SQLException, RuleRejected {
    List<Violation> violations = RuleCheck.text(sql);
    if (!violations.isEmpty()) {
      throw new RuleRejected(violations);
    }
    return require(sql, parsed(sql));
  }

  /** What may run for a rule that was parsed. */
  CheckedSelect require(String sql, String json) throws SQLException, RuleRejected {
    SyntaxTree tree = SyntaxTree.of(sql, json);
    List<Violation> violations = check.tree(tree);
    if (!violations.isEmpty()) {
      throw new RuleRejected(violations);
    }
    String written = call(WRITE, json);
    Optional<CheckedSelect> select = CheckedSelect.of(tree, written, parse(written));
    if (select.isEmpty()
        || !check.confirms(
            select.get(), parse("SELECT * FROM (\n" + select.get().text() + "\n) AS rule"))) {
      throw new RuleRejected(
          Violation.Code.CONSTRUCT,
          "cannot be written back as it was understood; say it more simply");
    }
    return select.get();
  }

  /** Everything that keeps a rule from running, as far as it shows without evidence. */
  List<Violation> violations(String sql) throws SQLException {
    CheckedSelect select;
    try {
      select = require(sql);
    } catch (RuleRejected e) {
      return e.violations();
    }
    try {
      String around = "EXPLAIN SELECT exec_id, reason FROM (\n" + select.text() + "\n) AS rule";
      session.query(connection, around, row -> {});
      return List.of();
    } catch (SQLException e) {
      return List.of(unbound(select, e));
    }
  }

  /** What the engine could not make sense of, at the author's line. */
  static Violation unbound(CheckedSelect select, SQLException e) {
    // The first line of a statement around it is ours.
    return new Violation(
        select.line(SqlMessage.line(e) - 1), Violation.Code.BINDING, SqlMessage.withHint(e));
  }

  /** The tree of a text; looks at nothing in it. */
  SyntaxTree parse(String sql) throws SQLException {
    return SyntaxTree.of(sql, parsed(sql));
  }

  /** The same, without a gate. */
  static SyntaxTree parse(Session session, String sql) throws SQLException {
    return SyntaxTree.of(sql, call(session, session.connection(), PARSE, sql));
  }

  /** The tree of a text, as JSON. */
  String parsed(String sql) throws SQLException {
    return call(PARSE, sql);
  }

  /** The engine's text for a tree. */
  String write(String tree) throws SQLException {
    return call(WRITE, tree);
  }

  private String call(String function, String argument) throws SQLException {
    return call(session, connection, function, argument);
  }

  private static String call(
      Session session, Connection connection, String function, String argument)
      throws SQLException {
    try (PreparedStatement statement = session.prepare(connection, function)) {
      statement.setString(1, argument);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** A rule that must not or cannot run. */
  static final class RuleRejected extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Violation> violations;

    RuleRejected(List<Violation> violations) {
      super(violations.get(0).message());
      this.violations = List.copyOf(violations);
    }

    RuleRejected(Violation.Code code, String message) {
      this(List.of(new Violation(0, code, message)));
    }

    /** Every reason, sorted by line; at least one. */
    List<Violation> violations() {
      return violations;
    }
  }
}
