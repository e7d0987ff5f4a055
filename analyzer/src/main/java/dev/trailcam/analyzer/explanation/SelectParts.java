// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import dev.trailcam.analyzer.explanation.Part.Condition;
import dev.trailcam.analyzer.explanation.Part.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes one SELECT apart. */
final class SelectParts {
  private static final int MAX_TERMS = 60;
  private static final Condition NONE = new Condition(List.of(), List.of(), new Question("", 0, 0));

  private final SourceText source;
  private final BiFunction<JsonNode, List<JsonNode>, String> statements;
  private final List<JsonNode> scope;

  /**
   * For the SELECTs of one place.
   *
   * @param statements makes a statement of a query and what is in scope
   */
  SelectParts(
      SourceText source,
      BiFunction<JsonNode, List<JsonNode>, String> statements,
      List<JsonNode> scope) {
    this.source = source;
    this.statements = statements;
    this.scope = scope;
  }

  Part of(JsonNode select, String name, boolean alone) {
    List<Source> sources = new ArrayList<>();
    sources(select, select.path("from_table"), sources);
    List<Condition> conditions = new ArrayList<>();
    clause("WHERE", select, "where_clause", conditions, "where_clause", "having", "qualify");
    clause("HAVING", select, "having", conditions, "having", "qualify");
    clause("QUALIFY", select, "qualify", conditions, "qualify");
    return new Part(
        name,
        source.line(select.path("select_list")),
        sources,
        conditions,
        alone,
        statements.apply(select, scope));
  }

  private void sources(JsonNode select, JsonNode table, List<Source> sources) {
    if (!table.path("type").asString("").equals("JOIN")) {
      if (!table.path("type").asString("").equals("EMPTY")) {
        String rows = over(select, table);
        sources.add(new Source(source.line(table), text(table), rows, rows, NONE));
      }
      return;
    }
    sources(select, table.path("left"), sources);
    JsonNode right = table.path("right");
    JsonNode condition = table.path("condition");
    String rows = over(select, table);
    if (condition.isNull() || condition.isMissingNode()) {
      sources.add(new Source(source.line(right), joined(table), rows, rows, NONE));
      return;
    }
    ObjectNode pairs = (ObjectNode) table.deepCopy();
    pairs.putNull("condition");
    pairs.put("join_type", "INNER");
    pairs.put("ref_type", "CROSS");
    JsonNode beside = plain(select, pairs);
    sources.add(
        new Source(
            source.line(right),
            joined(table),
            rows,
            over(select, pairs),
            condition("ON", condition, beside)));
  }

  private String joined(JsonNode join) {
    String type = join.path("join_type").asString("");
    return (type.equals("INNER") || type.isEmpty() ? "" : type + " JOIN ")
        + text(join.path("right"));
  }

  private String text(JsonNode table) {
    String written = source.of(table);
    return written.isEmpty() ? table.path("table_name").asString("?") : written;
  }

  /** The rows of a table, as a SELECT of nothing. */
  private String over(JsonNode select, JsonNode table) {
    return statements.apply(plain(select, table), scope);
  }

  /** A SELECT over a table and nothing else; its columns are still to be said. */
  private static ObjectNode plain(JsonNode select, JsonNode table) {
    ObjectNode plain = (ObjectNode) select.deepCopy();
    plain.set("from_table", table.deepCopy());
    for (String clause : List.of("where_clause", "having", "qualify")) {
      plain.putNull(clause);
    }
    plain.putArray("group_expressions");
    plain.putArray("group_sets");
    plain.putArray("modifiers");
    plain.put("aggregate_handling", "STANDARD_HANDLING");
    ArrayNode columns = plain.putArray("select_list");
    columns.add(constant(plain));
    return plain;
  }

  private static ObjectNode constant(ObjectNode factory) {
    ObjectNode one = factory.objectNode();
    one.put("class", "CONSTANT");
    one.put("type", "VALUE_CONSTANT");
    one.put("alias", "one");
    ObjectNode literal = one.putObject("literal");
    literal.put("kind", "INTEGER");
    literal.put("text", "1");
    return one;
  }

  private void clause(
      String name, JsonNode select, String field, List<Condition> conditions, String... later) {
    JsonNode expression = select.path(field);
    if (expression.isNull() || expression.isMissingNode()) {
      return;
    }
    ObjectNode before = (ObjectNode) select.deepCopy();
    for (String clause : later) {
      before.putNull(clause);
    }
    before.putArray("modifiers");
    if (name.equals("WHERE")) {
      before = plain(select, select.path("from_table"));
    }
    conditions.add(condition(name, expression, before));
  }

  private Condition condition(String clause, JsonNode expression, JsonNode over) {
    List<JsonNode> nodes = new ArrayList<>();
    List<Question.Term> terms = new ArrayList<>();
    Columns columns = new Columns(source);
    for (JsonNode term : conjuncts(expression)) {
      term(clause, term, 0, columns, nodes, terms);
    }
    ObjectNode asked = (ObjectNode) over.deepCopy();
    ArrayNode list = asked.putArray("select_list");
    for (int i = 0; i < nodes.size(); i++) {
      list.add(named(nodes.get(i), "t" + i));
    }
    for (int i = 0; i < columns.nodes().size(); i++) {
      list.add(named(columns.nodes().get(i), "c" + i));
    }
    Question question =
        new Question(statements.apply(asked, scope), nodes.size(), columns.nodes().size());
    return new Condition(terms, columns.names(), question);
  }

  private static JsonNode named(JsonNode expression, String alias) {
    ObjectNode copy = (ObjectNode) expression.deepCopy();
    copy.put("alias", alias);
    return copy;
  }

  private static List<JsonNode> conjuncts(JsonNode expression) {
    List<JsonNode> terms = new ArrayList<>();
    if (expression.path("type").asString("").equals("CONJUNCTION_AND")) {
      expression.path("children").forEach(child -> terms.addAll(conjuncts(child)));
    } else {
      terms.add(expression);
    }
    return terms;
  }

  private void term(
      String clause,
      JsonNode term,
      int depth,
      Columns columns,
      List<JsonNode> nodes,
      List<Question.Term> terms) {
    if (nodes.size() >= MAX_TERMS) {
      return;
    }
    boolean conjunction = term.path("class").asString("").equals("CONJUNCTION");
    nodes.add(term);
    terms.add(
        new Question.Term(
            clause,
            source.line(term),
            source.of(term),
            depth,
            conjunction ? List.of() : columns.in(clause, term),
            equal(clause, term, columns)));
    if (conjunction) {
      term.path("children").forEach(part -> term(clause, part, depth + 1, columns, nodes, terms));
    }
  }

  /** Two columns that a term wants to be equal. */
  private static List<Integer> equal(String clause, JsonNode term, Columns columns) {
    JsonNode left = term.path("left");
    JsonNode right = term.path("right");
    boolean pair =
        !clause.equals("HAVING")
            && term.path("type").asString("").equals("COMPARE_EQUAL")
            && left.path("class").asString("").equals("COLUMN_REF")
            && right.path("class").asString("").equals("COLUMN_REF");
    List<Integer> places = new ArrayList<>();
    if (pair) {
      places.addAll(columns.in(clause, left));
      places.addAll(columns.in(clause, right));
    }
    return places.size() == 2 ? places : List.of();
  }
}
