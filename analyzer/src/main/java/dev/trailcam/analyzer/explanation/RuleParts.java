// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import dev.trailcam.analyzer.gate.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a rule apart: every SELECT of it, in the order in which one needs the other, and of each
 * the tables it joins and the terms of its conditions. What is of another shape stays in one piece.
 */
public final class RuleParts {
  private final SourceText source;
  private final JsonNode statement;
  private final List<Part> parts = new ArrayList<>();

  private RuleParts(JsonNode statement, String sql) {
    this.source = new SourceText(sql);
    this.statement = statement;
  }

  /**
   * The parts of a rule that was let through.
   *
   * @param tree of its SQL
   * @param alone whether to cut it down to one execution, whose rows are in tables that are called
   *     like {@link #tables} with a prefix
   */
  public static List<Part> of(SyntaxTree tree, String sql, boolean alone) {
    RuleParts rule = new RuleParts(tree.statements().get(0).deepCopy(), sql);
    JsonNode node = rule.statement.path("node");
    if (alone) {
      Restriction.apply(node);
    }
    rule.query(node, "the result", Scope.EMPTY);
    return rule.parts;
  }

  /** The whole rule, cut down to one execution. */
  public static String whole(SyntaxTree tree) {
    JsonNode statement = tree.statements().get(0).deepCopy();
    Restriction.apply(statement.path("node"));
    return document(statement);
  }

  /** The views that are cut down to one execution, sorted. */
  public static List<String> tables() {
    return Restriction.VIEWS.stream().sorted().toList();
  }

  /** What such a view is called once it is cut down. */
  public static String tableOf(String view) {
    return Restriction.PREFIX + view;
  }

  /** Adds the parts of a query; says whether its rows are of one execution alone. */
  private boolean query(JsonNode node, String name, Scope outer) {
    Scope scope = outer;
    for (JsonNode cte : node.path("cte_map").path("map")) {
      String key = cte.path("key").asString("?");
      boolean alone = query(cte.path("value").path("query_node"), key, scope);
      scope = scope.with(cte, alone);
    }
    switch (node.path("type").asString("")) {
      case "SELECT_NODE" -> {
        List<Boolean> reads = new ArrayList<>();
        tables(node.path("from_table"), scope, reads);
        // What is joined to the rows of one execution is as well of that one.
        boolean alone = reads.isEmpty() || reads.contains(true);
        parts.add(new SelectParts(source, this::statement, scope.ctes()).of(node, name, alone));
        return alone;
      }
      case "SET_OPERATION_NODE" -> {
        int number = 1;
        boolean alone = true;
        String operation = ", " + node.path("setop_type").asString("") + " part ";
        for (JsonNode child : node.path("children")) {
          alone &= query(child, name + operation + number++, scope);
        }
        return alone;
      }
      default -> {
        parts.add(
            new Part(
                name,
                source.line(node),
                List.of(),
                List.of(),
                false,
                statement(node, scope.ctes())));
        return false;
      }
    }
  }

  /**
   * Adds the parts of subqueries; collects of each table with executions whether it is cut down.
   */
  private void tables(JsonNode table, Scope scope, List<Boolean> reads) {
    switch (table.path("type").asString("")) {
      case "JOIN" -> {
        tables(table.path("left"), scope, reads);
        tables(table.path("right"), scope, reads);
      }
      case "SUBQUERY" ->
          reads.add(
              query(
                  table.path("subquery").path("node"),
                  "subquery " + table.path("alias").asString(""),
                  scope));
      case "BASE_TABLE" ->
          Optional.ofNullable(scope.of(table.path("table_name").asString("")))
              .ifPresent(reads::add);
      default -> {
        // A function has the rows of what it is given.
      }
    }
  }

  /** A query as a statement of its own, with the names that are known where it stands. */
  private String statement(JsonNode query, List<JsonNode> scope) {
    ObjectNode whole = (ObjectNode) statement.deepCopy();
    ObjectNode node = (ObjectNode) query.deepCopy();
    ArrayNode all = whole.arrayNode();
    List<String> own = new ArrayList<>();
    query.path("cte_map").path("map").forEach(cte -> own.add(cte.path("key").asString("")));
    for (JsonNode cte : scope) {
      if (!own.contains(cte.path("key").asString(""))) {
        all.add(cte);
      }
    }
    query.path("cte_map").path("map").forEach(all::add);
    ((ObjectNode) node.path("cte_map")).set("map", all);
    whole.set("node", node);
    return document(whole);
  }

  private static String document(JsonNode statement) {
    ObjectNode document = ((ObjectNode) statement).objectNode();
    document.put("error", false);
    document.putArray("statements").add(statement);
    return document.toString();
  }
}
