// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a rule mentions. A * reads what is mentioned elsewhere, since whatever leaves the rule, or a
 * SELECT in it, has to be called by its name. That is not so where whole rows are compared or
 * columns go by their place; then it reads all.
 */
final class Reads {
  private static final Set<String> PROGRAMS_OF =
      Set.of("ancestor_exes", "has_ancestor", "has_package_manager");
  private static final String ANCESTORS = "ancestors";

  /** Tables by the names they have in the rule. */
  private final Map<String, Set<String>> tables = new HashMap<>();

  private final Set<String> mentioned = new HashSet<>();

  /** Names that stand alone where a column may: some may be of tables, for their whole rows. */
  private final Set<String> alone = new HashSet<>();

  private final Set<String> starred = new HashSet<>();
  private boolean unknownStar;
  private boolean byPlace;
  private boolean family;
  private boolean wholeFamily;
  private boolean familyPassed;

  private Reads() {}

  static Reads of(List<JsonNode> statements) {
    Reads reads = new Reads();
    statements.forEach(statement -> reads.node(statement, false));
    // The engine asks for it.
    reads.mentioned.add(Output.KEY);
    return reads;
  }

  /** Whether a table is named, in lower case. */
  boolean names(String table) {
    return tables.values().stream().anyMatch(named -> named.contains(table));
  }

  /** Whether a column of that table may be read. */
  boolean reads(String table, String column) {
    return mentioned.contains(column) || readsAll(table);
  }

  private boolean readsAll(String table) {
    Set<String> whole = new HashSet<>(starred);
    alone.forEach(name -> whole.addAll(tables.getOrDefault(name, Set.of())));
    boolean places = byPlace || alone.stream().anyMatch(tables::containsKey);
    return places && (unknownStar || whole.contains(table));
  }

  /**
   * What is wanted of ancestors.
   *
   * @param rowWise whether rows of several executions are nowhere compared with each other
   */
  Family family(boolean rowWise) {
    if (!family) {
      return Family.NONE;
    }
    boolean compared = familyPassed && (!rowWise || byPlace);
    return wholeFamily || compared ? Family.ALL : Family.PROGRAMS;
  }

  /**
   * Looks at a node.
   *
   * @param placed whether the columns of a SELECT here go by their place
   */
  private void node(JsonNode node, boolean placed) {
    String type = node.path("type").asString("");
    boolean inside = false;
    switch (type) {
      case "SELECT_NODE" -> select(node, placed);
      case "SET_OPERATION_NODE" -> inside = true;
      case "BASE_TABLE" -> table(node);
      case "JOIN" ->
          node.path("using_columns").forEach(name -> mentioned.add(lower(name.asString(""))));
      case "COLUMN_REF" -> column(node);
      case "FUNCTION" -> {
        if (call(node)) {
          return;
        }
      }
      case "SUBQUERY" -> {
        byPlace |= !node.path("column_name_alias").isEmpty();
        inside = node.path("class").asString("").equals("SUBQUERY");
      }
      default -> {
        // A statement hands on where it stands.
        inside = placed && node.path("node").isObject();
      }
    }
    byPlace |= !node.path("aliases").isEmpty();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!(type.equals("SELECT_NODE") && field.getKey().equals("select_list"))) {
        children(field.getValue(), inside);
      }
    }
  }

  private void children(JsonNode node, boolean placed) {
    if (node.isArray()) {
      node.forEach(child -> children(child, placed));
    } else if (node.isObject()) {
      node(node, placed);
    }
  }

  private void table(JsonNode node) {
    String table = lower(node.path("table_name").asString(""));
    String alias = lower(node.path("alias").asString(""));
    tables.computeIfAbsent(alias.isEmpty() ? table : alias, none -> new TreeSet<>()).add(table);
    byPlace |= !node.path("column_name_alias").isEmpty();
  }

  private void select(JsonNode select, boolean placed) {
    boolean byValue =
        placed || !select.path("aggregate_handling").asString("").equals("STANDARD_HANDLING");
    for (JsonNode modifier : select.path("modifiers")) {
      byValue |= modifier.path("type").asString("").equals("DISTINCT_MODIFIER");
    }
    for (JsonNode key : select.path("group_expressions")) {
      byValue |= key.path("class").asString("").equals("CONSTANT");
    }
    for (JsonNode column : select.path("select_list")) {
      List<String> path = Frame.path(column);
      if (column.path("class").asString("").equals("STAR")) {
        byPlace |= byValue;
        star(select.path("from_table"), lower(column.path("relation_name").asString("")));
      } else if (isFamily(path) && keepsItsName(column) && !placed) {
        mentioned.addAll(path);
        family = true;
        familyPassed = true;
      } else {
        children(column, false);
      }
    }
  }

  private static boolean keepsItsName(JsonNode column) {
    String alias = lower(column.path("alias").asString(""));
    return alias.isEmpty() || alias.equals(ANCESTORS);
  }

  /** The tables that a * stands for. */
  private void star(JsonNode from, String name) {
    Deque<JsonNode> left = new ArrayDeque<>(List.of(from));
    boolean found = name.isEmpty();
    while (!left.isEmpty()) {
      JsonNode table = left.pop();
      String alias = lower(table.path("alias").asString(""));
      String own = lower(table.path("table_name").asString(""));
      if (name.isEmpty() || name.equals(alias.isEmpty() ? own : alias)) {
        found = true;
        starred.add(own);
      }
      for (String side : List.of("left", "right")) {
        if (table.path(side).isObject()) {
          left.push(table.path(side));
        }
      }
    }
    unknownStar |= !found;
    byPlace |= !found;
  }

  private void column(JsonNode node) {
    List<String> path = Frame.path(node);
    mentioned.addAll(path);
    if (path.contains(ANCESTORS)) {
      family = true;
      wholeFamily = true;
    }
    if (path.size() == 1) {
      alone.add(path.get(0));
    }
  }

  /** Whether this is a call that looks at nothing but programs in its first argument. */
  private boolean call(JsonNode function) {
    JsonNode arguments = function.path("arguments");
    List<String> path = Frame.path(arguments.path(0).path("expression"));
    if (!PROGRAMS_OF.contains(lower(function.path("function_name").asString("")))
        || !isFamily(path)) {
      return false;
    }
    mentioned.addAll(path);
    family = true;
    for (Map.Entry<String, JsonNode> field : function.properties()) {
      if (!field.getKey().equals("arguments")) {
        children(field.getValue(), false);
      }
    }
    for (int i = 1; i < arguments.size(); i++) {
      children(arguments.get(i), false);
    }
    return true;
  }

  private static boolean isFamily(List<String> path) {
    return !path.isEmpty() && path.size() <= 2 && path.get(path.size() - 1).equals(ANCESTORS);
  }
}
