// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Knows of expressions that they give a value for each row and stop at none. Whoever leaves rows
 * out may do so for these alone: a rule that stops at a row would end otherwise, depending on which
 * rows are left.
 */
final class NeverFails {
  private static final Set<String> TOTAL =
      Set.of(
          "has_substr",
          "starts",
          "ends",
          "has_arg",
          "has_any_arg",
          "array_contains",
          "arg",
          "argc",
          "cmdline",
          "basename",
          "file_name",
          "unversioned",
          "lower",
          "length",
          "concat_ws",
          "||",
          "~~",
          "!~~",
          "~~*",
          "!~~*");

  /** What these look for is checked once, if it is the same for each row. */
  private static final Set<String> MATCHES = Set.of("matches", "any_matches");

  /** A pattern that ends in the middle of an escape stops at the row in which it gets that far. */
  private static final Set<String> ESCAPED =
      Set.of(
          "any_like",
          "any_ilike",
          "like_escape",
          "not_like_escape",
          "ilike_escape",
          "not_ilike_escape");

  private static final Set<String> OPERATORS =
      Set.of(
          "OPERATOR_IS_NULL",
          "OPERATOR_IS_NOT_NULL",
          "OPERATOR_NOT",
          "OPERATOR_COALESCE",
          "COMPARE_IN",
          "COMPARE_NOT_IN");

  private NeverFails() {}

  /** Whether an expression is known to be one of these. */
  static boolean knows(JsonNode expression) {
    JsonNode arguments = expression.path("arguments");
    return switch (expression.path("class").asString("")) {
      case "COLUMN_REF", "CONSTANT" -> true;
      case "CONJUNCTION" -> all(expression.path("children"));
      case "OPERATOR" ->
          OPERATORS.contains(expression.path("type").asString(""))
              && all(expression.path("children"));
      case "COMPARISON" -> knows(expression.path("left")) && knows(expression.path("right"));
      case "BETWEEN" ->
          knows(expression.path("input"))
              && knows(expression.path("lower"))
              && knows(expression.path("upper"));
      case "FUNCTION" -> {
        String name = lower(expression.path("function_name").asString(""));
        JsonNode pattern = arguments.path(1).path("expression");
        yield all(arguments)
            && (TOTAL.contains(name)
                || (MATCHES.contains(name) && isText(pattern))
                || (ESCAPED.contains(name) && isWhole(pattern, arguments.path(2))));
      }
      default -> false;
    };
  }

  private static boolean all(JsonNode nodes) {
    boolean all = true;
    for (JsonNode node : nodes) {
      all = all && knows(node.has("expression") ? node.path("expression") : node);
    }
    return all;
  }

  private static boolean isWhole(JsonNode pattern, JsonNode argument) {
    JsonNode escape = argument.path("expression");
    boolean usual = argument.isMissingNode();
    return isText(pattern)
        && (usual || isText(escape))
        && !text(pattern).endsWith(usual ? "\\" : text(escape));
  }

  private static boolean isText(JsonNode node) {
    return node.path("class").asString("").equals("CONSTANT")
        && node.path("literal").path("kind").asString("").equals("STRING");
  }

  private static String text(JsonNode constant) {
    return constant.path("literal").path("text").asString("");
  }
}
