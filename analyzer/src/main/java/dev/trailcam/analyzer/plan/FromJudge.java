// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import dev.trailcam.analyzer.gate.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Looks at what one SELECT reads from, and how that is joined. */
final class FromJudge {
  private static final Set<String> JOINS = Set.of("REGULAR", "CROSS", "DEPENDENT");

  private final QueryJudge queries;
  private final Frame frame;
  private final Map<String, Output> ctes;
  private final ExpressionJudge expressions;

  FromJudge(
      QueryJudge queries, Frame frame, Map<String, Output> ctes, ExpressionJudge expressions) {
    this.queries = queries;
    this.frame = frame;
    this.ctes = ctes;
    this.expressions = expressions;
  }

  /** Takes the sources of a table into the frame; returns them. */
  List<Source> table(JsonNode node) {
    Fields fields = new Fields(node);
    String type = fields.text("type");
    String alias = lower(fields.text("alias"));
    List<Source> sources =
        switch (type) {
          case "EMPTY" -> List.of();
          case "BASE_TABLE" -> base(fields, alias);
          case "JOIN" -> join(fields);
          case "SUBQUERY" ->
              source(fields, alias, queries.statement(fields.take("subquery"), ctes, frame));
          case "TABLE_FUNCTION" -> function(fields, alias);
          case "EXPRESSION_LIST" -> values(fields, alias);
          default -> throw ExpressionJudge.unknown(type);
        };
    ExpressionJudge.rest(fields);
    return sources;
  }

  private List<Source> base(Fields fields, String alias) {
    String name = lower(fields.text("table_name"));
    fields.take("qualified_name");
    Output output = ctes.get(name);
    return source(
        fields, alias.isEmpty() ? name : alias, output == null ? queries.table(name) : output);
  }

  private List<Source> function(Fields fields, String alias) {
    Fields call = new Fields(fields.take("function"));
    call.take("class");
    call.take("type");
    call.take("alias");
    String name = lower(call.text("function_name"));
    if (!name.equals("explode")) {
      throw ExpressionJudge.unknown(name);
    }
    call.take("qualified_name");
    for (JsonNode argument : call.list("arguments")) {
      expressions.one(argument.path("expression"));
    }
    new Fields(call.take("order_bys")).list("orders").forEach(expressions::one);
    ExpressionJudge.rest(call);
    if (!fields.text("with_ordinality").equals("WITHOUT_ORDINALITY")) {
      throw ExpressionJudge.unknown("WITH ORDINALITY");
    }
    return source(fields, alias.isEmpty() ? name : alias, new Output(false, true, List.of("col")));
  }

  private List<Source> values(Fields fields, String alias) {
    int width = 0;
    for (JsonNode row : fields.list("values")) {
      row.forEach(expressions::one);
      width = row.size();
    }
    List<String> columns = new ArrayList<>();
    fields.list("expected_names").forEach(name -> columns.add(lower(name.asString(""))));
    for (int i = columns.size(); i < width; i++) {
      columns.add("col" + i);
    }
    return source(fields, alias, new Output(false, true, columns));
  }

  /** Other names for columns, by their place. */
  private List<Source> source(Fields fields, String alias, Output output) {
    List<String> names = new ArrayList<>();
    fields.list("column_name_alias").forEach(name -> names.add(lower(name.asString(""))));
    Source source = new Source(alias, QueryJudge.renamed(output, names));
    frame.add(source);
    return List.of(source);
  }

  private List<Source> join(Fields fields) {
    List<Source> left = table(fields.take("left"));
    List<Source> right = table(fields.take("right"));
    String type = fields.text("join_type");
    if (!JOINS.contains(fields.text("ref_type"))) {
      throw ExpressionJudge.unknown("such a join");
    }
    switch (type) {
      case "INNER" -> {}
      case "LEFT", "SEMI", "ANTI" -> requireKept(left, right);
      case "RIGHT" -> requireKept(right, left);
      default -> throw ExpressionJudge.unknown("the join " + type);
    }
    condition(fields, type, left, right);
    fields.take("is_implicit");
    fields.take("nearest_count");
    fields.take("nearest_order_type");
    List<Source> sources = new ArrayList<>(left);
    switch (type) {
      case "LEFT", "RIGHT" -> {
        List<Source> optional = type.equals("LEFT") ? right : left;
        requireTied(left, right);
        optional.forEach(Source::mayBeMissing);
        sources.addAll(right);
      }
      case "SEMI", "ANTI" -> {
        requireTied(left, right);
        right.forEach(Source::hide);
      }
      default -> sources.addAll(right);
    }
    return sources;
  }

  /** Whether a row is kept must not depend on executions that are none of its own. */
  private static void requireKept(List<Source> kept, List<Source> other) {
    if (Frame.owned(other).isEmpty()) {
      return;
    }
    if (Frame.owned(kept).isEmpty()) {
      throw new NotRowWise("looks for what no execution has");
    }
    if (!Frame.isOne(kept)) {
      throw apart();
    }
  }

  private static void requireTied(List<Source> left, List<Source> right) {
    List<Source> both = new ArrayList<>(left);
    both.addAll(right);
    if (!Frame.owned(left).isEmpty() && !Frame.owned(right).isEmpty() && !Frame.isOne(both)) {
      throw apart();
    }
  }

  static NotRowWise apart() {
    return new NotRowWise("joins rows of different executions");
  }

  private void condition(Fields fields, String type, List<Source> left, List<Source> right) {
    List<String> using = new ArrayList<>();
    fields.list("using_columns").forEach(name -> using.add(lower(name.asString(""))));
    if (using.contains(Output.KEY)) {
      using(type, Frame.owned(left), Frame.owned(right));
    } else if (!using.isEmpty() && !Frame.owned(left).isEmpty() && !Frame.owned(right).isEmpty()) {
      throw apart();
    }
    for (JsonNode term : terms(fields.take("condition"))) {
      if (isTie(term)) {
        tie(frame.key(term.path("left")), frame.key(term.path("right")), type, left, right);
      } else {
        expressions.one(term);
      }
    }
  }

  private static void using(String type, List<Source> left, List<Source> right) {
    if (left.size() != 1 || right.size() != 1 || type.equals("RIGHT")) {
      throw new NotRowWise("names an exec_id of which it is not clear whose it is");
    }
    left.get(0).tie(right.get(0));
    right.get(0).merge();
  }

  /** What AND joins; nothing for no condition. */
  static List<JsonNode> terms(JsonNode condition) {
    List<JsonNode> terms = new ArrayList<>();
    if (condition.path("type").asString("").equals("CONJUNCTION_AND")) {
      condition.path("children").forEach(child -> terms.addAll(terms(child)));
    } else if (condition.isObject()) {
      terms.add(condition);
    }
    return terms;
  }

  /** The condition of an outer join does not choose among the rows that it keeps anyway. */
  private static void tie(
      Source one, Source other, String type, List<Source> left, List<Source> right) {
    boolean across =
        (left.contains(one) && right.contains(other))
            || (right.contains(one) && left.contains(other));
    List<Source> both = new ArrayList<>(left);
    both.addAll(right);
    if (!across && !(type.equals("INNER") && both.containsAll(List.of(one, other)))) {
      throw apart();
    }
    one.tie(other);
  }

  /** Whether a term is exec_id = exec_id. */
  static boolean isTie(JsonNode term) {
    return term.path("type").asString("").equals("COMPARE_EQUAL")
        && Frame.isKey(term.path("left"))
        && Frame.isKey(term.path("right"));
  }
}
