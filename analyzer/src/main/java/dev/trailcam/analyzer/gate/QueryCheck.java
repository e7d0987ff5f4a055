// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static dev.trailcam.analyzer.gate.Refusals.quoted;
import static dev.trailcam.analyzer.gate.Vocabulary.lower;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Looks at a query that somebody typed, or pasted from somewhere. It may use all of the engine's
 * SELECT, and no more than rules can it do anything but read our tables: one statement, no writing
 * part in it, no table but ours, no function in the place of a table but those that make rows of
 * their arguments. What runs it is locked besides.
 */
public final class QueryCheck {
  private static final Set<String> QUERIES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");
  private static final Set<String> SOURCES =
      Set.of(
          "EMPTY", "BASE_TABLE", "JOIN", "SUBQUERY", "TABLE_FUNCTION", "EXPRESSION_LIST", "PIVOT");
  private static final Set<String> ROW_MAKERS =
      Set.of("unnest", "range", "generate_series", "json_each", "json_tree");

  private final Set<String> tables;
  private final Set<String> tableWords;
  private final Set<String> ctes = new TreeSet<>();
  private final List<Violation> violations = new ArrayList<>();
  private SyntaxTree tree;

  /**
   * A check against what there is to name.
   *
   * @param tables names of views and lists, in lower case
   * @param tableWords words of the prelude that return rows
   */
  public QueryCheck(Set<String> tables, Set<String> tableWords) {
    this.tables = tables;
    this.tableWords = tableWords;
  }

  /**
   * What keeps a query from running.
   *
   * @return the first reason; empty when it may run
   */
  public Optional<Violation> refusal(SyntaxTree parsed) {
    tree = parsed;
    ctes.clear();
    violations.clear();
    if (tree.error().isPresent()) {
      return tree.error();
    }
    if (tree.statements().size() != 1) {
      return Optional.of(
          new Violation(
              0,
              Code.STATEMENT,
              "is not one SELECT: it holds " + tree.statements().size() + " statements"));
    }
    names(tree.statements().get(0));
    walk(tree.statements().get(0));
    return violations.stream().findFirst();
  }

  /** A CTE may be named before the place where it stands in the tree. */
  private void names(JsonNode node) {
    for (JsonNode entry : node.path("cte_map").path("map")) {
      ctes.add(lower(entry.path("key").asString("")));
    }
    if (node.path("type").asString("").endsWith("CTE_NODE")) {
      ctes.add(lower(node.path("cte_name").asString("")));
      ctes.add(lower(node.path("ctename").asString("")));
    }
    node.forEach(this::names);
  }

  private void walk(JsonNode node) {
    String type = node.path("type").asString("");
    if (type.endsWith("_NODE") && !QUERIES.contains(type)) {
      refuse(node, Code.STATEMENT, "is not one SELECT: it does " + quoted(type) + " in it");
    }
    if (node.has("sample") && node.has("alias")) {
      source(node, type);
    }
    node.forEach(this::walk);
  }

  private void source(JsonNode node, String type) {
    if (!SOURCES.contains(type)) {
      refuse(node, Code.CONSTRUCT, "reads from " + quoted(type) + ", which is no table");
    } else if (type.equals("BASE_TABLE")) {
      table(node);
    } else if (type.equals("TABLE_FUNCTION")) {
      String function = lower(node.path("function").path("function_name").asString(""));
      if (!ROW_MAKERS.contains(function) && !tableWords.contains(function)) {
        refuse(
            node,
            Code.FUNCTION,
            "reads from the function "
                + quoted(function)
                + "; only what captures hold can be read");
      }
    }
  }

  private void table(JsonNode node) {
    String name = node.path("table_name").asString("");
    String place = node.path("catalog_name").asString("") + node.path("schema_name").asString("");
    boolean ours = tables.contains(lower(name)) || ctes.contains(lower(name));
    if (!place.isEmpty() || !ours) {
      refuse(
          node,
          Code.TABLE,
          "reads "
              + quoted(place.isEmpty() ? name : place + "." + name)
              + ", which is no table here; there are "
              + String.join(", ", new TreeSet<>(tables)));
    }
  }

  private void refuse(JsonNode node, Code code, String message) {
    violations.add(new Violation(tree.line(node), code, message));
  }
}
