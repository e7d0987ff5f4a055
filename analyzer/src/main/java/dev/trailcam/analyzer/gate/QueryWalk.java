// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static dev.trailcam.analyzer.gate.Refusals.quoted;
import static dev.trailcam.analyzer.gate.Vocabulary.lower;

import dev.trailcam.analyzer.gate.Violation.Code;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Walks statements, queries and what they read from; every field of every node is looked at. */
final class QueryWalk {
  /**
   * Tables a rule may read once its CTEs are written out where they are named. Planning takes
   * longer than running beyond that, and nothing stops it.
   */
  static final int MAX_TABLES = 200;

  private static final Set<String> SET_OPERATIONS = Set.of("UNION", "EXCEPT", "INTERSECT");
  private static final Set<String> JOINS = Set.of("INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI");
  private static final Set<String> GROUPING = Set.of("STANDARD_HANDLING", "FORCE_AGGREGATES");

  private final Vocabulary vocabulary;
  private final Refusals refusals;
  private final ExpressionWalk expressions;
  private long tables;

  QueryWalk(SyntaxTree tree, Vocabulary vocabulary, List<Violation> violations) {
    this.vocabulary = vocabulary;
    this.refusals = new Refusals(tree, violations);
    this.expressions =
        new ExpressionWalk(vocabulary, refusals, Names.of(tree.statements()), this::statement);
  }

  /** A statement at the top. */
  void statement(JsonNode statement) {
    statement(statement, new Scope(null));
  }

  private void statement(JsonNode statement, Scope scope) {
    Fields fields = new Fields(statement);
    if (fields.says("named_param_map")) {
      refusals.add(Code.CONSTRUCT, "takes a parameter, which nobody gives it");
    }
    query(fields.take("node"), scope);
    refusals.rest(fields);
  }

  private void query(JsonNode node, Scope outer) {
    int line = refusals.enter(node);
    Fields fields = new Fields(node);
    String type = fields.text("type");
    switch (type) {
      case "SELECT_NODE" -> select(fields, ctes(fields, outer));
      case "SET_OPERATION_NODE" -> setOperation(fields, ctes(fields, outer));
      case "RECURSIVE_CTE_NODE" ->
          refusals.add(
              Code.CONSTRUCT,
              "uses a RECURSIVE CTE, which may run for ever; the column ancestors has the family");
      default ->
          refusals.add(Code.STATEMENT, "is not one SELECT: it does " + quoted(type) + " in it");
    }
    refusals.leave(line);
  }

  /** Each CTE sees those before it and not itself, as in the engine. */
  private Scope ctes(Fields fields, Scope outer) {
    Scope scope = new Scope(outer);
    Fields map = new Fields(fields.take("cte_map"));
    for (JsonNode entry : map.list("map")) {
      Fields pair = new Fields(entry);
      String name = lower(pair.text("key"));
      Fields cte = new Fields(pair.take("value"));
      cte.take("aliases");
      refusals.unless(cte, "key_targets", "USING KEY");
      refusals.unless(cte, "payload_aggregates", "USING KEY");
      if (!cte.text("materialized").equals("CTE_MATERIALIZE_DEFAULT")) {
        refusals.construct("MATERIALIZED");
      }
      JsonNode query = cte.take("query_node");
      int line = refusals.enter(query);
      if (vocabulary.tables().containsKey(name)) {
        refusals.add(Code.SHADOWING, "names a CTE " + name + ", which hides the table; rename it");
      }
      if (scope.declares(name)) {
        refusals.add(Code.SHADOWING, "names two CTEs " + quoted(name));
      }
      long before = tables;
      tables = 0;
      query(query, scope);
      scope.add(name, tables);
      tables = before;
      refusals.leave(line);
      refusals.rest(cte);
      refusals.rest(pair);
    }
    refusals.rest(map);
    return scope;
  }

  private void select(Fields fields, Scope scope) {
    // First, as what it reads gives its names to everything else.
    table(fields.take("from_table"), scope);
    modifiers(fields, scope);
    expressions.all(fields.list("select_list"), scope);
    expressions.optional(fields.take("where_clause"), scope);
    expressions.all(fields.list("group_expressions"), scope);
    // Numbers of the expressions before.
    fields.take("group_sets");
    refusals.unlessOneOf(fields, "aggregate_handling", GROUPING);
    expressions.optional(fields.take("having"), scope);
    expressions.optional(fields.take("qualify"), scope);
    sample(fields);
    refusals.rest(fields);
  }

  private void setOperation(Fields fields, Scope scope) {
    modifiers(fields, scope);
    String type = fields.text("setop_type");
    if (!SET_OPERATIONS.contains(type)) {
      refusals.construct(quoted(type.replace('_', ' ')));
    }
    fields.take("setop_all");
    for (JsonNode child : fields.list("children")) {
      query(child, scope);
    }
    for (String side : List.of("left", "right")) {
      JsonNode child = fields.take(side);
      if (child.isObject()) {
        query(child, scope);
      }
    }
    refusals.rest(fields);
  }

  private void modifiers(Fields node, Scope scope) {
    List<JsonNode> modifiers = node.list("modifiers");
    boolean ordered =
        modifiers.stream().anyMatch(m -> m.path("type").asString("").equals("ORDER_MODIFIER"));
    for (JsonNode modifier : modifiers) {
      int line = refusals.enter(modifier);
      Fields fields = new Fields(modifier);
      String type = fields.text("type");
      switch (type) {
        case "ORDER_MODIFIER" -> expressions.orders(fields.list("orders"), scope);
        case "LIMIT_MODIFIER" -> limit(fields, ordered, scope);
        case "DISTINCT_MODIFIER" -> {
          if (fields.says("distinct_on_targets")) {
            refusals.add(Code.UNSTEADY, "uses DISTINCT ON, which keeps any one of several rows");
          }
        }
        default -> refusals.construct(quoted(type));
      }
      refusals.rest(fields);
      refusals.leave(line);
    }
  }

  private void limit(Fields fields, boolean ordered, Scope scope) {
    expressions.optional(fields.take("limit"), scope);
    expressions.optional(fields.take("offset"), scope);
    if (!fields.text("limit_type").equals("ROW_COUNT")) {
      refusals.construct("LIMIT with a share of the rows");
    }
    if (!ordered) {
      refusals.add(Code.UNSTEADY, "uses LIMIT without ORDER BY, which keeps any of the rows");
    }
  }

  private void table(JsonNode node, Scope scope) {
    int line = refusals.enter(node);
    Fields fields = new Fields(node);
    String type = fields.text("type");
    fields.take("alias");
    sample(fields);
    switch (type) {
      case "EMPTY" -> {}
      case "BASE_TABLE" -> baseTable(fields, scope);
      case "JOIN" -> join(fields, scope);
      case "SUBQUERY" -> {
        statement(fields.take("subquery"), scope);
        fields.take("column_name_alias");
      }
      case "TABLE_FUNCTION" -> {
        expressions.tableFunction(fields.take("function"), scope);
        fields.take("column_name_alias");
        if (!fields.text("with_ordinality").equals("WITHOUT_ORDINALITY")) {
          refusals.construct("WITH ORDINALITY");
        }
        count(1);
      }
      case "EXPRESSION_LIST" -> {
        fields.take("expected_names");
        refusals.unless(fields, "expected_types", "types of VALUES");
        for (JsonNode row : fields.list("values")) {
          row.forEach(value -> expressions.one(value, scope));
        }
        count(1);
      }
      default -> {
        refusals.construct(quoted(type));
        refusals.leave(line);
        return;
      }
    }
    refusals.rest(fields);
    refusals.leave(line);
  }

  private void baseTable(Fields fields, Scope scope) {
    String name = fields.text("table_name");
    fields.take("column_name_alias");
    refusals.unless(fields, "at_clause", "AT, a table as it was at another time");
    if (fields.qualified(name, "schema_name", "catalog_name")) {
      refusals.add(
          Code.TABLE,
          "reads "
              + quoted(
                  String.join(".", fields.text("catalog_name"), fields.text("schema_name"), name))
              + "; views and lists are named without a schema");
      return;
    }
    long behind = scope.tables(lower(name));
    if (behind >= 0) {
      count(behind);
    } else if (vocabulary.tables().containsKey(lower(name))) {
      count(1);
    } else {
      refusals.add(
          Code.TABLE,
          "reads "
              + quoted(name)
              + ", which is no view, list or CTE before it; there are "
              + String.join(", ", vocabulary.tableNames()));
    }
  }

  private void join(Fields fields, Scope scope) {
    table(fields.take("left"), scope);
    table(fields.take("right"), scope);
    expressions.optional(fields.take("condition"), scope);
    String type = fields.text("join_type");
    if (!JOINS.contains(type)) {
      refusals.construct("the join " + quoted(type));
    }
    String kind = fields.text("ref_type");
    switch (kind) {
      case "REGULAR", "CROSS", "DEPENDENT" -> {}
      case "NATURAL" ->
          refusals.add(
              Code.UNSTEADY, "uses NATURAL JOIN, which changes with every column that is added");
      case "POSITIONAL" ->
          refusals.add(Code.UNSTEADY, "uses POSITIONAL JOIN, which goes by where rows stand");
      default -> refusals.construct(quoted(kind + " JOIN"));
    }
    for (String name : List.of("using_columns", "is_implicit")) {
      fields.take(name);
    }
    for (String name : List.of("delim_flipped", "duplicate_eliminated_columns")) {
      refusals.unless(fields, name, quoted(name));
    }
    nearest(fields);
    refusals.rest(fields);
  }

  private void nearest(Fields fields) {
    refusals.unless(fields, "ranking_expression", "a join with the nearest rows");
    refusals.unless(fields, "nearest_approx", "a join with the nearest rows");
    if (fields.take("nearest_count").asInt(0) != 1
        || !fields.text("nearest_order_type").equals("ASCENDING")) {
      refusals.construct("a join with the nearest rows");
    }
  }

  private void sample(Fields fields) {
    if (fields.says("sample")) {
      refusals.add(Code.UNSTEADY, "takes a sample (TABLESAMPLE), which is another one each time");
    }
  }

  private void count(long more) {
    boolean enough = tables <= MAX_TABLES;
    tables = Math.min(tables + more, Integer.MAX_VALUE);
    if (enough && tables > MAX_TABLES) {
      refusals.add(
          Code.SIZE,
          "reads more than " + MAX_TABLES + " tables, CTEs counted where they are named");
    }
  }
}
