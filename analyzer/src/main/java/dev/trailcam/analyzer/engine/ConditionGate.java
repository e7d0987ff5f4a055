// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.findings.Breadth;
import dev.trailcam.analyzer.gate.CheckedSelect;
import dev.trailcam.analyzer.gate.Condition;
import dev.trailcam.analyzer.gate.RuleCheck;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.suppressions.Suppression;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes of a suppression's condition a statement that may run. It has to pass as a rule, and beyond
 * that to be one condition that fills the place it was given and asks for nothing but its own row.
 */
final class ConditionGate {
  private final RuleGate gate;

  ConditionGate(RuleGate gate) {
    this.gate = gate;
  }

  /**
   * A condition that may run.
   *
   * @param select returns exec_id for each execution it holds for
   * @param condition what it says
   */
  record Checked(CheckedSelect select, Condition condition) {

    /** What shows without evidence: ways in which it matches more than it says. */
    List<Breadth> breadth() {
      if (condition.columns().isEmpty()) {
        return List.of(
            new Breadth(
                Breadth.Kind.CONSTANT,
                "its condition names no column, so it is the same for all executions"));
      }
      if (!condition.pinned()) {
        return List.of(
            new Breadth(
                Breadth.Kind.NO_PROGRAM,
                "its condition, or an alternative in it, does not say what ran; compare exe, argv,"
                    + " sha256 or the like with a value"));
      }
      return List.of();
    }
  }

  /**
   * What may run for a condition.
   *
   * @throws RuleRejected if nothing may; lines are those of the condition
   */
  Checked require(String where) throws SQLException, RuleRejected {
    String statement = Condition.statement(where);
    requireNone(RuleCheck.text(statement));
    SyntaxTree tree = gate.parse(statement);
    if (tree.error().isEmpty()) {
      requireNone(Condition.violations(where, tree, gate.parse(Condition.bare(where))));
    }
    try {
      return new Checked(gate.require(statement), Condition.of(tree));
    } catch (RuleRejected e) {
      throw inCondition(e.violations());
    }
  }

  /** What the engine could not make sense of when the condition ran. */
  static RuleRejected unbound(Checked checked, SQLException e) {
    return inCondition(List.of(RuleGate.unbound(checked.select(), e)));
  }

  private static void requireNone(List<Violation> violations) throws RuleRejected {
    if (!violations.isEmpty()) {
      throw inCondition(violations);
    }
  }

  /** The statement's first line is ours. */
  private static RuleRejected inCondition(List<Violation> violations) {
    return new RuleRejected(violations.stream().map(ConditionGate::inCondition).toList());
  }

  private static Violation inCondition(Violation violation) {
    return new Violation(Math.max(0, violation.line() - 1), violation.code(), violation.message());
  }

  /** What is wrong with a condition as problems of the file it stands in. */
  static List<RuleProblem> problems(Suppression entry, RuleRejected rejected) {
    return problems(entry, rejected.violations().stream());
  }

  /** The same of its statement. */
  static List<RuleProblem> problems(Suppression entry, List<Violation> ofStatement) {
    return problems(entry, ofStatement.stream().map(ConditionGate::inCondition));
  }

  private static List<RuleProblem> problems(Suppression entry, Stream<Violation> violations) {
    return violations
        .map(
            violation ->
                new RuleProblem(
                    entry.file(),
                    line(entry, violation.line()),
                    "is not heeded: the condition of " + entry.id() + " " + violation.message()))
        .toList();
  }

  /**
   * A condition of several lines begins below the key; of one of a single line we know the line.
   */
  private static int line(Suppression entry, int line) {
    return entry.whereLine() + (entry.where().indexOf('\n') < 0 ? 0 : Math.max(0, line));
  }
}
