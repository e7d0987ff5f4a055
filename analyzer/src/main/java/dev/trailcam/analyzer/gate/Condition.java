// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a condition says about executions. It is a statement that may run only when {@link
 * RuleCheck} has nothing against {@link #statement} either.
 *
 * @param columns those it names, in lower case
 * @param texts literals in it, as they are
 * @param pinned whether it says what ran, see {@link ProgramPin}
 */
public record Condition(Set<String> columns, Set<String> texts, boolean pinned) {

  /** Makes the sets immutable. */
  public Condition {
    columns = Set.copyOf(columns);
    texts = Set.copyOf(texts);
  }

  /** The rule that a condition is, in the form of those that are checked. */
  public static String statement(String where) {
    return "SELECT exec_id, '' AS reason FROM execs WHERE (\n" + where + "\n)";
  }

  /** The same without brackets: what would close ours and open others is another text here. */
  public static String bare(String where) {
    return "SELECT exec_id, '' AS reason FROM execs WHERE\n" + where;
  }

  /**
   * What a condition must not be, beyond what a rule must not be.
   *
   * @param statement tree of {@link #statement}
   * @param bare tree of {@link #bare}
   * @return sorted by what has to be mended first; empty when nothing has
   */
  public static List<Violation> violations(String where, SyntaxTree statement, SyntaxTree bare) {
    List<Violation> violations = new ArrayList<>();
    if (TextScan.hasComment(where)) {
      // YAML may have made one line of several: a comment would swallow what was below it.
      violations.add(
          new Violation(0, Code.TEXT, "has a comment in a condition; write it behind a # instead"));
    }
    if (!isOne(statement, bare)) {
      violations.add(
          new Violation(
              0,
              Code.STATEMENT,
              "is not one condition: it closes a bracket that it did not open, goes on behind its"
                  + " end, or is no SQL"));
      return violations;
    }
    JsonNode condition = condition(statement);
    if (holds(condition, "SUBQUERY")) {
      violations.add(
          new Violation(
              statement.firstLine(condition),
              Code.CONSTRUCT,
              "asks a SELECT of its own; a condition is about the row of the execution alone"));
    }
    if (holds(condition, "WINDOW")) {
      violations.add(
          new Violation(
              statement.firstLine(condition),
              Code.CONSTRUCT,
              "looks at other rows; a condition is about the row of the execution alone"));
    }
    return violations;
  }

  private static boolean isOne(SyntaxTree statement, SyntaxTree bare) {
    return statement.error().isEmpty()
        && bare.error().isEmpty()
        && statement.statements().size() == 1
        && bare.statements().size() == 1
        && CheckedSelect.same(statement.statements().get(0), bare.statements().get(0))
        && !condition(statement).isMissingNode()
        && !condition(statement).isNull();
  }

  /**
   * What a condition says.
   *
   * @param statement tree of {@link #statement}, without violations
   */
  public static Condition of(SyntaxTree statement) {
    JsonNode condition = condition(statement);
    Set<String> columns = new HashSet<>();
    Set<String> texts = new HashSet<>();
    collect(condition, columns, texts);
    return new Condition(columns, texts, ProgramPin.holds(condition, true));
  }

  private static JsonNode condition(SyntaxTree statement) {
    return statement.statements().get(0).path("node").path("where_clause");
  }

  private static boolean holds(JsonNode node, String kind) {
    if (node.path("class").asString("").equals(kind)) {
      return true;
    }
    for (JsonNode child : node) {
      if (holds(child, kind)) {
        return true;
      }
    }
    return false;
  }

  static void collect(JsonNode node, Set<String> columns, Set<String> texts) {
    switch (node.path("class").asString("")) {
      case "COLUMN_REF" -> {
        JsonNode names = node.path("column_names");
        columns.add(Vocabulary.lower(names.path(names.size() - 1).asString("")));
      }
      case "CONSTANT" -> texts.add(node.path("literal").path("text").asString(""));
      default -> node.forEach(child -> collect(child, columns, texts));
    }
  }
}
