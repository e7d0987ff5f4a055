// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A place in a rule that takes a regular expression.
 *
 * @param line line in the rule's file, from 1; 0 where it cannot be told
 * @param literal the expression; empty where it is no literal
 * @param column name of the column that it is, such as one of a list; empty where it is none
 */
public record PatternUse(int line, Optional<String> literal, Optional<String> column) {
  private static final Set<String> TAKERS = Set.of("matches", "any_matches", "regexp_extract");

  /** All of them, in the order of the text. */
  public static List<PatternUse> in(SyntaxTree tree) {
    List<PatternUse> uses = new ArrayList<>();
    tree.statements().forEach(statement -> walk(tree, statement, uses));
    return uses;
  }

  private static void walk(SyntaxTree tree, JsonNode node, List<PatternUse> uses) {
    if (TAKERS.contains(Vocabulary.lower(node.path("function_name").asString("")))
        && node.path("arguments").size() > 1) {
      JsonNode pattern = argument(node, 1);
      uses.add(new PatternUse(tree.line(pattern), literal(pattern), column(pattern)));
    }
    node.forEach(child -> walk(tree, child, uses));
  }

  private static JsonNode argument(JsonNode function, int index) {
    return function.path("arguments").path(index).path("expression");
  }

  /** A literal, also one that was put together of several. */
  private static Optional<String> literal(JsonNode node) {
    if (node.path("class").asString("").equals("CONSTANT")) {
      return Optional.of(node.path("literal").path("text").asString(""));
    }
    if (node.path("function_name").asString("").equals("||")
        && node.path("arguments").size() == 2) {
      return literal(argument(node, 0))
          .flatMap(first -> literal(argument(node, 1)).map(second -> first + second));
    }
    return Optional.empty();
  }

  private static Optional<String> column(JsonNode node) {
    JsonNode names = node.path("column_names");
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(Vocabulary.lower(names.path(names.size() - 1).asString("")));
  }
}
