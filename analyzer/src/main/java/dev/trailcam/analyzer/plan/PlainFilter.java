// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import dev.trailcam.analyzer.gate.Fields;
import dev.trailcam.analyzer.gate.StandardFunctions;
import dev.trailcam.analyzer.gate.SyntaxTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A rule that is one look at each execution: {@code SELECT exec_id, … AS reason FROM execs WHERE
 * …}. Its expressions call functions and name columns of {@code execs}, by themselves or behind the
 * alias, and have no aggregate, window or subquery in them.
 *
 * @param alias what the rule calls the view, in lower case; {@code execs} where it does not say
 * @param predicate the expression behind WHERE
 * @param reason the expression that is the reason
 * @param severity the expression that is the severity; empty if the rule selects none
 */
public record PlainFilter(
    String alias, JsonNode predicate, JsonNode reason, Optional<JsonNode> severity) {
  private static final String EXECS = "execs";
  private static final Set<String> RESULTS = Set.of(Output.KEY, "reason", "severity");

  /**
   * The filter that a rule is.
   *
   * @param tree of one SELECT that the gate has let through
   * @return empty for every other rule
   */
  public static Optional<PlainFilter> of(SyntaxTree tree, Catalogue names) {
    if (tree.statements().size() != 1) {
      return Optional.empty();
    }
    Fields select = new Fields(tree.statements().get(0).path("node"));
    Fields table = new Fields(select.take("from_table"));
    JsonNode predicate = select.take("where_clause");
    Map<String, JsonNode> results = results(select.list("select_list"));
    boolean plain =
        select.text("type").equals("SELECT_NODE")
            && select.take("cte_map").path("map").isEmpty()
            && select.text("aggregate_handling").equals("STANDARD_HANDLING")
            && harmless(select.list("modifiers"))
            && isExecutions(table)
            && predicate.isObject()
            && results.containsKey(Output.KEY)
            && results.containsKey("reason")
            && nothingElse(select);
    if (!plain) {
      return Optional.empty();
    }
    String alias = lower(table.text("alias"));
    String name = alias.isEmpty() ? EXECS : alias;
    Set<String> columns = names.views().get(EXECS);
    boolean key = isColumn(Frame.path(results.get(Output.KEY)), name, Set.of(Output.KEY));
    results.remove(Output.KEY);
    if (!key
        || !isPlain(predicate, name, columns, names)
        || !results.values().stream().allMatch(node -> isPlain(node, name, columns, names))) {
      return Optional.empty();
    }
    return Optional.of(
        new PlainFilter(
            name, predicate, results.get("reason"), Optional.ofNullable(results.get("severity"))));
  }

  /** Whether it stops at no row, whatever is in it. */
  public boolean neverFails() {
    return NeverFails.knows(predicate)
        && NeverFails.knows(reason)
        && severity.map(NeverFails::knows).orElse(true);
  }

  /** By their names; nothing where there is another or one twice. */
  private static Map<String, JsonNode> results(List<JsonNode> list) {
    Map<String, JsonNode> results = new HashMap<>();
    for (JsonNode column : list) {
      List<String> path = Frame.path(column);
      String alias = lower(column.path("alias").asString(""));
      String name = alias.isEmpty() && !path.isEmpty() ? path.get(path.size() - 1) : alias;
      if (!RESULTS.contains(name) || results.put(name, column) != null) {
        return new HashMap<>();
      }
    }
    return results;
  }

  /** What neither makes nor chooses rows. */
  private static boolean harmless(List<JsonNode> modifiers) {
    return modifiers.stream()
        .allMatch(
            modifier ->
                modifier.path("type").asString("").equals("DISTINCT_MODIFIER")
                    && modifier.path("distinct_on_targets").isEmpty());
  }

  private static boolean isExecutions(Fields table) {
    boolean named =
        table.text("type").equals("BASE_TABLE")
            && lower(table.text("table_name")).equals(EXECS)
            && table.take("qualified_name").path("path").size() == 1;
    table.take("alias");
    return named && nothingElse(table);
  }

  private static boolean nothingElse(Fields fields) {
    return List.copyOf(fields.left()).stream().noneMatch(fields::says);
  }

  private static boolean isColumn(List<String> path, String alias, Set<String> columns) {
    boolean behindAlias = path.size() > 1 && path.get(0).equals(alias);
    return !path.isEmpty()
        && columns.contains(path.get(behindAlias ? 1 : 0))
        && path.size() <= (behindAlias ? 2 : 1);
  }

  private static boolean isPlain(
      JsonNode node, String alias, Set<String> columns, Catalogue names) {
    boolean plain =
        switch (node.path("class").asString("")) {
          case "COLUMN_REF" -> {
            List<String> path = Frame.path(node);
            yield isColumn(path, alias, columns) && !path.contains(Output.KEY);
          }
          case "FUNCTION" -> {
            String name = lower(node.path("function_name").asString(""));
            yield StandardFunctions.SCALARS.contains(name)
                || StandardFunctions.OPERATORS.contains(name)
                || StandardFunctions.INTERVALS.contains(name)
                || name.equals("trunc")
                || names.words().contains(name);
          }
          case "WINDOW", "SUBQUERY", "STAR", "LAMBDA", "PARAMETER" -> false;
          default -> true;
        };
    for (JsonNode child : node) {
      plain = plain && isPlain(child, alias, columns, names);
    }
    return plain;
  }
}
