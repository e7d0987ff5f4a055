// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static dev.trailcam.analyzer.gate.Refusals.quoted;
import static dev.trailcam.analyzer.gate.Vocabulary.lower;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Walks expressions; every field of every node is looked at. */
final class ExpressionWalk {
  private static final Set<String> COMPARISONS =
      Set.of(
          "COMPARE_EQUAL",
          "COMPARE_NOTEQUAL",
          "COMPARE_LESSTHAN",
          "COMPARE_GREATERTHAN",
          "COMPARE_LESSTHANOREQUALTO",
          "COMPARE_GREATERTHANOREQUALTO",
          "COMPARE_DISTINCT_FROM",
          "COMPARE_NOT_DISTINCT_FROM");
  private static final Set<String> OPERATORS =
      Set.of(
          "OPERATOR_NOT",
          "OPERATOR_IS_NULL",
          "OPERATOR_IS_NOT_NULL",
          "OPERATOR_COALESCE",
          "COMPARE_IN",
          "COMPARE_NOT_IN");
  private static final Set<String> TYPES =
      Set.of(
          "varchar",
          "string",
          "text",
          "boolean",
          "bool",
          "tinyint",
          "smallint",
          "int",
          "integer",
          "bigint",
          "float",
          "real",
          "double",
          "decimal",
          "numeric",
          "date",
          "timestamp");
  private static final Set<String> LITERALS =
      Set.of("STRING", "INTEGER", "NUMERIC", "BOOLEAN", "NULL_LITERAL");
  private static final Set<String> SUBQUERIES = Set.of("SCALAR", "EXISTS", "NOT_EXISTS", "ANY");
  private static final Set<String> DIRECTIONS = Set.of("ORDER_DEFAULT", "ASCENDING", "DESCENDING");
  private static final Set<String> NULL_ORDERS =
      Set.of("ORDER_DEFAULT", "NULLS FIRST", "NULLS LAST");

  private final Vocabulary vocabulary;
  private final Refusals refusals;
  private final Set<String> names;
  private final FunctionWalk functions;
  private final BiConsumer<JsonNode, Scope> subquery;

  ExpressionWalk(
      Vocabulary vocabulary,
      Refusals refusals,
      Set<String> names,
      BiConsumer<JsonNode, Scope> subquery) {
    this.vocabulary = vocabulary;
    this.refusals = refusals;
    this.names = names;
    this.functions = new FunctionWalk(vocabulary, refusals, this);
    this.subquery = subquery;
  }

  void all(List<JsonNode> nodes, Scope scope) {
    nodes.forEach(node -> one(node, scope));
  }

  /** An expression or none. */
  void optional(JsonNode node, Scope scope) {
    if (!node.isNull() && !node.isMissingNode()) {
      one(node, scope);
    }
  }

  void orders(List<JsonNode> orders, Scope scope) {
    for (JsonNode order : orders) {
      Fields fields = new Fields(order);
      refusals.unlessOneOf(fields, "type", DIRECTIONS);
      refusals.unlessOneOf(fields, "null_order", NULL_ORDERS);
      one(fields.take("expression"), scope);
      refusals.rest(fields);
    }
  }

  /** A function where a table stands. */
  void tableFunction(JsonNode node, Scope scope) {
    int line = refusals.enter(node);
    Fields fields = new Fields(node);
    if (fields.text("class").equals("FUNCTION") && fields.text("type").equals("FUNCTION")) {
      alias(fields);
      functions.table(fields, scope);
      refusals.rest(fields);
    } else {
      refusals.construct("something other than a function as a table");
    }
    refusals.leave(line);
  }

  void one(JsonNode node, Scope scope) {
    int line = refusals.enter(node);
    Fields fields = new Fields(node);
    String kind = fields.text("class");
    String type = fields.text("type");
    alias(fields);
    boolean known =
        switch (kind) {
          case "COLUMN_REF" -> is(type, "COLUMN_REF") && column(fields);
          case "CONSTANT" -> is(type, "VALUE_CONSTANT") && constant(fields);
          case "STAR" -> is(type, "STAR") && star(fields);
          case "CAST" -> is(type, "OPERATOR_CAST") && cast(fields, scope);
          case "CASE" -> is(type, "CASE_EXPR") && cases(fields, scope);
          case "SUBQUERY" -> is(type, "SUBQUERY") && subquery(fields, scope);
          case "FUNCTION" -> is(type, "FUNCTION") && functions.scalar(fields, scope);
          case "WINDOW" -> functions.window(fields, scope);
          case "BETWEEN" ->
              is(type, "COMPARE_BETWEEN") && children(fields, scope, "input", "lower", "upper");
          case "COMPARISON" ->
              COMPARISONS.contains(type) && children(fields, scope, "left", "right");
          case "CONJUNCTION" -> type.matches("CONJUNCTION_(AND|OR)") && list(fields, scope);
          case "OPERATOR" -> OPERATORS.contains(type) && list(fields, scope);
          default -> false;
        };
    if (known) {
      refusals.rest(fields);
    } else {
      unknown(kind, type, fields);
    }
    refusals.leave(line);
  }

  private void unknown(String kind, String type, Fields fields) {
    switch (type) {
      case "ARRAY_EXTRACT", "ARRAY_SLICE" -> refusals.construct("a subscript (write arg(l, i))");
      case "LAMBDA" -> refusals.construct("a LAMBDA (write any_like, any_matches or explode)");
      case "VALUE_PARAMETER" ->
          refusals.add(Code.CONSTRUCT, "takes a parameter, which nobody gives it");
      case "POSITIONAL_REFERENCE" ->
          refusals.construct("a column by its number, #" + fields.take("index").asInt(0));
      case "COLLATE" -> refusals.construct("COLLATE " + quoted(fields.text("collation")));
      default -> refusals.construct(quoted(type.isEmpty() ? kind : type));
    }
  }

  private static boolean is(String type, String expected) {
    return type.equals(expected);
  }

  private boolean children(Fields fields, Scope scope, String... names) {
    for (String name : names) {
      one(fields.take(name), scope);
    }
    return true;
  }

  private boolean list(Fields fields, Scope scope) {
    all(fields.list("children"), scope);
    return true;
  }

  /** A name of such a function is one wherever the rule's own column of that name is not there. */
  private void alias(Fields fields) {
    String alias = fields.text("alias");
    if (StandardFunctions.VALUE_FUNCTIONS.contains(lower(alias))) {
      refusals.add(Code.SHADOWING, "names a column " + alias + ", which is a function; rename it");
    }
  }

  private boolean column(Fields fields) {
    List<String> path = fields.list("column_names").stream().map(n -> n.asString("")).toList();
    if (path.isEmpty()) {
      return false;
    }
    String first = lower(path.get(0));
    String last = lower(path.get(path.size() - 1));
    if (StandardFunctions.VALUE_FUNCTIONS.contains(last)) {
      refusals.add(
          Code.UNSTEADY,
          "uses "
              + last
              + ": a finding must not depend on when, where or by whom it is looked for");
    } else if (!vocabulary.hasColumn(first)
        && !names.contains(first)
        && !vocabulary.tables().containsKey(first)) {
      refusals.add(
          Code.COLUMN,
          "names "
              + quoted(String.join(".", path))
              + ", which no view and no list has and the rule does not define");
    }
    return true;
  }

  private boolean constant(Fields fields) {
    Fields literal = new Fields(fields.take("literal"));
    refusals.unlessOneOf(literal, "kind", LITERALS);
    literal.take("text");
    refusals.rest(literal);
    return true;
  }

  private boolean star(Fields fields) {
    fields.take("relation_name");
    fields.take("exclude_list");
    refusals.unless(fields, "qualified_exclude_list", "EXCEPT with the name of a table");
    refusals.unless(fields, "replace_list", "REPLACE");
    refusals.unless(fields, "rename_list", "RENAME");
    refusals.unless(fields, "columns", "COLUMNS");
    refusals.unless(fields, "expr", "COLUMNS");
    return true;
  }

  private boolean cast(Fields fields, Scope scope) {
    one(fields.take("child"), scope);
    fields.take("try_cast");
    Fields type = new Fields(fields.take("type_expr"));
    String written = type.text("type_name");
    String name = lower(written);
    if (type.qualified(written, "schema", "catalog") || !TYPES.contains(name)) {
      refusals.construct("the type " + quoted(name));
    }
    boolean sized = name.equals("decimal") || name.equals("numeric");
    for (JsonNode size : type.list("children")) {
      if (!sized || !size.path("class").asString("").equals("CONSTANT")) {
        refusals.construct("the type " + quoted(name) + " with a parameter");
      }
    }
    for (String field : List.of("class", "type", "alias")) {
      type.take(field);
    }
    refusals.rest(type);
    return true;
  }

  private boolean cases(Fields fields, Scope scope) {
    for (JsonNode check : fields.list("case_checks")) {
      Fields pair = new Fields(check);
      children(pair, scope, "when_expr", "then_expr");
      refusals.rest(pair);
    }
    return children(fields, scope, "else_expr");
  }

  private boolean subquery(Fields fields, Scope scope) {
    refusals.unlessOneOf(fields, "subquery_type", SUBQUERIES);
    String comparison = fields.text("comparison_type");
    if (!comparison.equals("INVALID") && !comparison.equals("COMPARE_EQUAL")) {
      refusals.construct("a comparison with ANY or ALL rows of a subquery");
    }
    optional(fields.take("child"), scope);
    subquery.accept(fields.take("subquery"), scope);
    return true;
  }
}
