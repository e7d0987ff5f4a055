// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts a rule down to one execution: where a SELECT gives the exec_id of a view, that view is
 * replaced by its rows of the execution. Other mentions stay, since a rule may compare an execution
 * with others; where it looks at several at once, through a window that is not of one execution, it
 * is not cut down at all.
 */
final class Restriction {
  /** What the views are called once they are cut down. */
  static final String PREFIX = "explained_";

  /** Views that have an exec_id. */
  static final Set<String> VIEWS = Set.of("execs", "exits", "failed_execs", "raw_sockets");

  private Restriction() {}

  /** Changes the tree. */
  static void apply(JsonNode node) {
    if (node.path("type").asString("").equals("SELECT_NODE")) {
      select((ObjectNode) node);
    }
    // Not into expressions: what a subquery there asks is asked of all executions.
    node.path("cte_map").path("map").forEach(cte -> apply(cte.path("value").path("query_node")));
    node.path("children").forEach(Restriction::apply);
    subqueries(node.path("from_table"));
  }

  private static void subqueries(JsonNode table) {
    if (table.path("type").asString("").equals("SUBQUERY")) {
      apply(table.path("subquery").path("node"));
    }
    if (table.path("type").asString("").equals("JOIN")) {
      subqueries(table.path("left"));
      subqueries(table.path("right"));
    }
  }

  private static void select(ObjectNode select) {
    if (looksAround(select.path("select_list")) || looksAround(select.path("qualify"))) {
      return;
    }
    List<ObjectNode> views = new ArrayList<>();
    views(select.path("from_table"), views);
    for (JsonNode column : select.path("select_list")) {
      String owner = owner(column);
      List<ObjectNode> meant =
          views.stream().filter(view -> owner.isEmpty() || name(view).equals(owner)).toList();
      if (isExecId(column) && meant.size() == 1) {
        restrict(meant.get(0));
        return;
      }
    }
  }

  private static boolean isExecId(JsonNode column) {
    if (column.path("class").asString("").equals("STAR")) {
      return true;
    }
    String alias = lower(column.path("alias"));
    JsonNode names = column.path("column_names");
    return column.path("class").asString("").equals("COLUMN_REF")
        && lower(names.path(names.size() - 1)).equals("exec_id")
        && (alias.isEmpty() || alias.equals("exec_id"));
  }

  /** The table that a column is said to be of; "" where that is not said. */
  private static String owner(JsonNode column) {
    if (column.path("class").asString("").equals("STAR")) {
      return lower(column.path("relation_name"));
    }
    JsonNode names = column.path("column_names");
    return names.size() == 2 ? lower(names.path(0)) : "";
  }

  private static void views(JsonNode table, List<ObjectNode> views) {
    String type = table.path("type").asString("");
    if (type.equals("JOIN")) {
      views(table.path("left"), views);
      views(table.path("right"), views);
    } else if (type.equals("BASE_TABLE") && VIEWS.contains(lower(table.path("table_name")))) {
      views.add((ObjectNode) table);
    }
  }

  private static void restrict(ObjectNode view) {
    String alias = name(view);
    String table = PREFIX + lower(view.path("table_name"));
    view.put("alias", alias);
    view.put("table_name", table);
    if (view.path("qualified_name").path("path") instanceof ArrayNode path) {
      path.removeAll();
      path.add(table);
    }
  }

  private static String name(JsonNode table) {
    String alias = lower(table.path("alias"));
    return alias.isEmpty() ? lower(table.path("table_name")) : alias;
  }

  /** Whether there is a window that is not of one execution alone. */
  private static boolean looksAround(JsonNode node) {
    if (node.path("class").asString("").equals("WINDOW")
        && !anyOf(node.path("partitions"), Restriction::isExecId)) {
      return true;
    }
    return anyOf(node, Restriction::looksAround);
  }

  private static boolean anyOf(JsonNode nodes, Predicate<JsonNode> condition) {
    return StreamSupport.stream(nodes.spliterator(), false).anyMatch(condition);
  }

  private static String lower(JsonNode text) {
    return text.asString("").toLowerCase(Locale.ROOT);
  }
}
