// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import dev.trailcam.analyzer.gate.Fields;
import dev.trailcam.analyzer.gate.StandardFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Looks at the expressions of one SELECT: whether each is a function of the row it is computed for.
 * An exec_id may not be in them; where one may stand is for the callers to see first.
 */
final class ExpressionJudge {
  private static final Set<String> JOINED = Set.of("CONJUNCTION_AND", "CONJUNCTION_OR");

  private final QueryJudge queries;
  private final Frame frame;
  private final Map<String, Output> ctes;
  private boolean aggregates;

  ExpressionJudge(QueryJudge queries, Frame frame, Map<String, Output> ctes) {
    this.queries = queries;
    this.frame = frame;
    this.ctes = ctes;
  }

  /** Whether an aggregate was among the expressions so far. */
  boolean aggregates() {
    return aggregates;
  }

  void all(List<JsonNode> nodes) {
    nodes.forEach(this::one);
  }

  void optional(JsonNode node) {
    if (!node.isNull() && !node.isMissingNode()) {
      one(node);
    }
  }

  /** Expressions among which exec_ids may stand by themselves. */
  void allButKeys(List<JsonNode> nodes) {
    for (JsonNode node : nodes) {
      if (Frame.isKey(node)) {
        frame.key(node);
      } else {
        one(node);
      }
    }
  }

  void orders(List<JsonNode> orders, boolean keys) {
    for (JsonNode order : orders) {
      Fields fields = new Fields(order);
      fields.take("type");
      fields.take("null_order");
      JsonNode expression = fields.take("expression");
      if (keys) {
        allButKeys(List.of(expression));
      } else {
        one(expression);
      }
      rest(fields);
    }
  }

  void one(JsonNode node) {
    Fields fields = new Fields(node);
    String kind = fields.text("class");
    String type = fields.text("type");
    fields.take("alias");
    switch (kind) {
      case "COLUMN_REF" -> column(fields);
      case "CONSTANT" -> fields.take("literal");
      case "CAST" -> {
        one(fields.take("child"));
        fields.take("try_cast");
        fields.take("type_expr");
      }
      case "CASE" -> cases(fields);
      case "SUBQUERY" -> subquery(fields);
      case "FUNCTION" -> function(fields);
      case "WINDOW" -> window(fields);
      case "BETWEEN" -> children(fields, "input", "lower", "upper");
      case "COMPARISON" -> children(fields, "left", "right");
      case "CONJUNCTION" -> {
        if (!JOINED.contains(type)) {
          throw unknown(type);
        }
        all(fields.list("children"));
      }
      case "OPERATOR" -> operator(type, fields);
      default -> throw unknown(type.isEmpty() ? kind : type);
    }
    rest(fields);
  }

  private void children(Fields fields, String... names) {
    for (String name : names) {
      one(fields.take(name));
    }
  }

  private void column(Fields fields) {
    List<String> path = Frame.path(fields.node());
    fields.take("column_names");
    if (path.contains(Output.KEY)) {
      throw new NotRowWise("computes something from exec_id");
    }
    if (frame.isRow(path)) {
      throw new NotRowWise("uses the whole row of " + path.get(0) + " as a value");
    }
  }

  private void cases(Fields fields) {
    for (JsonNode check : fields.list("case_checks")) {
      Fields pair = new Fields(check);
      children(pair, "when_expr", "then_expr");
      rest(pair);
    }
    one(fields.take("else_expr"));
  }

  private void operator(String type, Fields fields) {
    List<JsonNode> children = fields.list("children");
    switch (type) {
      // Of an outer join.
      case "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL" -> allButKeys(children);
      case "OPERATOR_NOT", "OPERATOR_COALESCE", "COMPARE_IN", "COMPARE_NOT_IN" -> all(children);
      default -> throw unknown(type);
    }
  }

  private void function(Fields fields) {
    String name = lower(fields.text("function_name"));
    List<JsonNode> arguments = call(fields);
    optional(fields.take("filter"));
    Fields order = new Fields(fields.take("order_bys"));
    order.take("type");
    orders(order.list("orders"), false);
    rest(order);
    all(arguments);
    if (StandardFunctions.AGGREGATES.contains(name)) {
      aggregate(name, arguments);
    } else if (!StandardFunctions.SCALARS.contains(name)
        && !StandardFunctions.OPERATORS.contains(name)
        && !StandardFunctions.INTERVALS.contains(name)
        && !name.equals("trunc")
        && !queries.catalogue().words().contains(name)) {
      throw unknown(name);
    }
  }

  /**
   * In a subquery, an aggregate over nothing but columns of the query around it is computed there,
   * over all its rows.
   */
  private void aggregate(String name, List<JsonNode> arguments) {
    aggregates = true;
    List<List<String>> columns = new ArrayList<>();
    arguments.forEach(argument -> columns(argument, columns));
    if (frame.isWithin() && !columns.isEmpty() && columns.stream().noneMatch(frame::isOwn)) {
      throw new NotRowWise("has a subquery with " + name + " over columns that are not its own");
    }
  }

  private static void columns(JsonNode node, List<List<String>> found) {
    List<String> path = Frame.path(node);
    if (!path.isEmpty()) {
      found.add(path);
    }
    node.forEach(child -> columns(child, found));
  }

  private void window(Fields fields) {
    String name = lower(fields.text("function_name"));
    if (!StandardFunctions.RANKING.contains(name) && !StandardFunctions.AGGREGATES.contains(name)) {
      throw unknown(name);
    }
    all(call(fields));
    List<JsonNode> partitions = fields.list("partitions");
    if (!frame.owned().isEmpty()) {
      if (partitions.stream().noneMatch(this::certainKey)) {
        throw new NotRowWise("uses " + name + " over a window of several executions");
      }
      allButKeys(partitions);
    } else {
      all(partitions);
    }
    orders(fields.list("orders"), false);
    for (String part :
        List.of("start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr")) {
      optional(fields.take(part));
    }
    for (String manner : List.of("start", "end", "exclude_clause")) {
      fields.take(manner);
    }
  }

  /** Whether this is the exec_id by which the rows of this SELECT belong to executions. */
  boolean certainKey(JsonNode node) {
    if (!Frame.isKey(node)) {
      return false;
    }
    Source source = frame.key(node);
    return frame.has(source) && source.certain();
  }

  private List<JsonNode> call(Fields fields) {
    for (String name : List.of("schema", "catalog")) {
      if (fields.says(name)) {
        throw unknown("a function with a schema");
      }
    }
    fields.take("qualified_name");
    fields.take("distinct");
    fields.take("is_operator");
    List<JsonNode> arguments = new ArrayList<>();
    for (JsonNode argument : fields.list("arguments")) {
      Fields pair = new Fields(argument);
      arguments.add(pair.take("expression"));
      rest(pair);
    }
    return arguments;
  }

  private void subquery(Fields fields) {
    String type = fields.text("subquery_type");
    fields.take("comparison_type");
    JsonNode child = fields.take("child");
    JsonNode query = fields.take("subquery");
    switch (type) {
      case "EXISTS", "NOT_EXISTS" -> queries.exists(query, ctes, frame);
      case "SCALAR" -> requireCommon(queries.statement(query, ctes, frame));
      case "ANY" -> {
        Output output = queries.statement(query, ctes, frame);
        if (certainKey(child) && output.owned() && output.columns().equals(List.of(Output.KEY))) {
          return;
        }
        requireCommon(output);
        one(child);
      }
      default -> throw unknown(type);
    }
  }

  private static void requireCommon(Output output) {
    if (output.owned()) {
      throw new NotRowWise("asks for other executions in a subquery");
    }
  }

  static void rest(Fields fields) {
    for (String field : List.copyOf(fields.left())) {
      if (fields.says(field)) {
        throw unknown(field);
      }
    }
  }

  static NotRowWise unknown(String construct) {
    return new NotRowWise("uses " + construct + ", of which it is not known what it looks at");
  }
}
