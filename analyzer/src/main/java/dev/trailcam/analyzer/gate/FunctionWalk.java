// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static dev.trailcam.analyzer.gate.Refusals.quoted;
import static dev.trailcam.analyzer.gate.StandardFunctions.AGGREGATES;
import static dev.trailcam.analyzer.gate.StandardFunctions.INTERVALS;
import static dev.trailcam.analyzer.gate.StandardFunctions.OPERATORS;
import static dev.trailcam.analyzer.gate.StandardFunctions.RANKING;
import static dev.trailcam.analyzer.gate.StandardFunctions.SCALARS;
import static dev.trailcam.analyzer.gate.Vocabulary.lower;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Walks calls of functions, of which only those that are listed may be called. */
final class FunctionWalk {
  private static final Set<String> FRAMES =
      Set.of(
          "UNBOUNDED_PRECEDING",
          "UNBOUNDED_FOLLOWING",
          "CURRENT_ROW_RANGE",
          "CURRENT_ROW_ROWS",
          "EXPR_PRECEDING_ROWS",
          "EXPR_FOLLOWING_ROWS",
          "EXPR_PRECEDING_RANGE",
          "EXPR_FOLLOWING_RANGE");

  private final Vocabulary vocabulary;
  private final Refusals refusals;
  private final ExpressionWalk expressions;

  FunctionWalk(Vocabulary vocabulary, Refusals refusals, ExpressionWalk expressions) {
    this.vocabulary = vocabulary;
    this.refusals = refusals;
    this.expressions = expressions;
  }

  /** A function that gives a value. */
  boolean scalar(Fields fields, Scope scope) {
    String name = name(fields);
    List<JsonNode> arguments = call(fields, scope);
    boolean known =
        SCALARS.contains(name)
            || OPERATORS.contains(name)
            || AGGREGATES.contains(name)
            || vocabulary.words().contains(name);
    if (INTERVALS.contains(name) && arguments.size() == 1 && literal(arguments.get(0))) {
      return true;
    }
    if (known) {
      values(name, arguments);
    } else if (vocabulary.tableWords().contains(name)) {
      refusals.add(Code.FUNCTION, "uses " + name + " as a value; it belongs into FROM");
    } else {
      refuse(name);
    }
    expressions.all(arguments, scope);
    return true;
  }

  /** A function that gives rows. */
  void table(Fields fields, Scope scope) {
    String name = name(fields);
    if (!vocabulary.tableWords().contains(name)) {
      refuse(name);
    }
    expressions.all(call(fields, scope), scope);
  }

  /** A function over a window of rows. */
  boolean window(Fields fields, Scope scope) {
    String name = name(fields);
    boolean ranking = RANKING.contains(name);
    if (!ranking && !AGGREGATES.contains(name)) {
      refuse(name);
    }
    List<JsonNode> orders = fields.list("orders");
    if (ranking && orders.isEmpty()) {
      refusals.add(Code.UNSTEADY, "uses " + name + " without ORDER BY, which numbers rows anyhow");
    }
    expressions.orders(orders, scope);
    expressions.all(arguments(fields), scope);
    expressions.all(fields.list("partitions"), scope);
    for (String part :
        List.of("start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr")) {
      expressions.optional(fields.take(part), scope);
    }
    refusals.unlessOneOf(fields, "start", FRAMES);
    refusals.unlessOneOf(fields, "end", FRAMES);
    refusals.unlessOneOf(fields, "exclude_clause", Set.of("NO_OTHER"));
    refusals.unless(fields, "ignore_nulls", "IGNORE NULLS");
    refusals.unless(fields, "has_ignore_nulls", "IGNORE NULLS");
    refusals.unless(fields, "arg_orders", "ORDER BY within a function");
    refusals.unless(fields, "distinct", "DISTINCT over a window");
    return true;
  }

  /** What all calls have beside their name. */
  private List<JsonNode> call(Fields fields, Scope scope) {
    expressions.optional(fields.take("filter"), scope);
    Fields order = new Fields(fields.take("order_bys"));
    order.take("type");
    List<JsonNode> orders = order.list("orders");
    if (!orders.isEmpty()) {
      refusals.construct("ORDER BY within a function");
      expressions.orders(orders, scope);
    }
    refusals.rest(order);
    fields.take("distinct");
    fields.take("is_operator");
    refusals.unless(fields, "export_state", "EXPORT_STATE");
    return arguments(fields);
  }

  private List<JsonNode> arguments(Fields fields) {
    List<JsonNode> arguments = new ArrayList<>();
    for (JsonNode argument : fields.list("arguments")) {
      Fields pair = new Fields(argument);
      refusals.unless(pair, "name", "an argument with a name");
      arguments.add(pair.take("expression"));
      refusals.rest(pair);
    }
    return arguments;
  }

  /** The name in lower case; a name with a schema is refused. */
  private String name(Fields fields) {
    String name = fields.text("function_name");
    String schema = fields.text("schema");
    if (fields.qualified(name, "schema", "catalog")) {
      refusals.add(
          Code.FUNCTION,
          "calls " + quoted(schema + "." + name) + "; functions are named without a schema");
    }
    return lower(name);
  }

  private void refuse(String name) {
    refusals.add(
        Code.FUNCTION,
        "calls "
            + quoted(name)
            + ", which is not in the shared vocabulary"
            + StandardFunctions.hint(name));
  }

  /** What a function may not be given although it may be called. */
  private void values(String name, List<JsonNode> arguments) {
    switch (name) {
      case "/", "%" -> {
        if (arguments.size() == 2 && !notZero(arguments.get(1))) {
          refusals.add(
              Code.CONSTRUCT,
              "divides by what may be zero, which engines take differently; write nullif(x, 0)");
        }
      }
      case "~~", "!~~", "~~*", "!~~*" -> {
        if (arguments.size() == 2 && text(arguments.get(1)).contains("\\")) {
          refusals.add(
              Code.CONSTRUCT,
              "uses LIKE with a backslash, which escapes in some engines; write ESCAPE '\\'");
        }
      }
      case "regexp_extract" -> {
        if (arguments.size() != 3) {
          refusals.add(
              Code.FUNCTION,
              "calls regexp_extract otherwise than with text, pattern and group; engines differ");
        }
      }
      case "date_part" -> {
        String part = arguments.isEmpty() ? "" : lower(text(arguments.get(0)));
        if (!StandardFunctions.PARTS.contains(part)) {
          refusals.add(
              Code.FUNCTION, "calls date_part with a part that engines count differently or none");
        }
      }
      default -> {}
    }
  }

  private static boolean notZero(JsonNode node) {
    if (node.path("function_name").asString("").equals("nullif")) {
      return true;
    }
    try {
      return node.path("class").asString("").equals("CONSTANT")
          && new BigDecimal(text(node)).signum() != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The text of a literal; "" for everything else. */
  private static String text(JsonNode node) {
    return node.path("literal").path("text").asString("");
  }

  /** A literal, in the casts and roundings that the parser puts around that of an interval. */
  private static boolean literal(JsonNode node) {
    return switch (node.path("class").asString("")) {
      case "CONSTANT" -> true;
      case "CAST" -> literal(node.path("child"));
      case "FUNCTION" ->
          node.path("function_name").asString("").equals("trunc")
              && node.path("arguments").size() == 1
              && literal(node.path("arguments").path(0).path("expression"));
      default -> false;
    };
  }
}
