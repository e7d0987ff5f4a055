// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import dev.trailcam.analyzer.gate.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Looks at one SELECT. */
final class SelectJudge {
  private final Frame frame;
  private final ExpressionJudge expressions;
  private final FromJudge from;
  private boolean anchored;

  SelectJudge(QueryJudge queries, Frame outer, Map<String, Output> ctes) {
    this.frame = new Frame(outer);
    this.expressions = new ExpressionJudge(queries, frame, ctes);
    this.from = new FromJudge(queries, frame, ctes, expressions);
  }

  /** What a query gives. */
  Output output(Fields fields) {
    rows(fields, false);
    boolean owned = !frame.owned().isEmpty();
    Output output = columns(fields.list("select_list"), owned);
    groups(fields, owned, true);
    return output;
  }

  /** Whether there is a row: of lists, or of the execution that asks. */
  void exists(Fields fields) {
    rows(fields, true);
    boolean owned = !frame.owned().isEmpty();
    if (owned && !anchored) {
      throw new NotRowWise("asks for other executions in a subquery");
    }
    for (JsonNode column : fields.list("select_list")) {
      if (!column.path("class").asString("").equals("STAR")) {
        expressions.allButKeys(List.of(column));
      }
    }
    groups(fields, owned, false);
  }

  private void rows(Fields fields, boolean mayAsk) {
    from.table(fields.take("from_table"));
    for (JsonNode term : FromJudge.terms(fields.take("where_clause"))) {
      if (FromJudge.isTie(term)) {
        tie(frame.key(term.path("left")), frame.key(term.path("right")), mayAsk);
      } else {
        expressions.one(term);
      }
    }
    if (!Frame.isOne(frame.visible())) {
      throw FromJudge.apart();
    }
    if (expressions.aggregates()) {
      throw ExpressionJudge.unknown("an aggregate in a condition");
    }
  }

  private void tie(Source one, Source other, boolean mayAsk) {
    if (frame.has(one) && frame.has(other)) {
      one.tie(other);
    } else if (mayAsk && frame.has(one) != frame.has(other)) {
      anchored = true;
    } else {
      throw FromJudge.apart();
    }
  }

  private Output columns(List<JsonNode> list, boolean owned) {
    List<String> columns = new ArrayList<>();
    boolean ordered = true;
    int keys = 0;
    for (JsonNode column : list) {
      String alias = lower(column.path("alias").asString(""));
      if (column.path("class").asString("").equals("STAR")) {
        List<Source> sources = starred(column);
        for (Source source : sources) {
          ordered &= source.output().ordered();
          columns.addAll(source.output().columns());
          keys += source.owned() && source.certain() ? 1 : 0;
        }
      } else if (owned
          && expressions.certainKey(column)
          && (alias.isEmpty() || alias.equals(Output.KEY))) {
        keys++;
        columns.add(Output.KEY);
      } else {
        expressions.one(column);
        List<String> path = Frame.path(column);
        String own = path.isEmpty() ? "" : path.get(path.size() - 1);
        columns.add(alias.isEmpty() ? own : alias);
      }
    }
    long named = columns.stream().filter(Output.KEY::equals).count();
    if (named != keys || keys > 1) {
      throw new NotRowWise("gives the name exec_id to something else");
    }
    if (owned && keys == 0) {
      throw new NotRowWise("leaves out the exec_id of executions on the way");
    }
    return new Output(owned, ordered, columns);
  }

  private List<Source> starred(JsonNode node) {
    Fields star = new Fields(node);
    for (String plain : List.of("class", "type", "alias")) {
      star.take(plain);
    }
    String name = lower(star.text("relation_name"));
    List<JsonNode> left = star.list("exclude_list");
    ExpressionJudge.rest(star);
    List<Source> sources =
        frame.visible().stream().filter(s -> name.isEmpty() || s.name().equals(name)).toList();
    if (!left.isEmpty() || sources.stream().anyMatch(Source::merged) || sources.isEmpty()) {
      throw ExpressionJudge.unknown("such a *");
    }
    return sources;
  }

  /** Everything behind WHERE. */
  private void groups(Fields fields, boolean owned, boolean mayGroup) {
    List<JsonNode> keys = fields.list("group_expressions");
    List<JsonNode> sets = fields.list("group_sets");
    boolean byAll = !fields.text("aggregate_handling").equals("STANDARD_HANDLING");
    JsonNode having = fields.take("having");
    expressions.optional(having);
    expressions.optional(fields.take("qualify"));
    expressions.allButKeys(keys);
    modifiers(fields, expressions);
    boolean grouped =
        expressions.aggregates()
            || byAll
            || !keys.isEmpty()
            || !sets.isEmpty()
            || having.isObject();
    if (owned && grouped) {
      // GROUP BY ALL is by what is selected, and that has an exec_id.
      boolean byKey =
          (byAll && keys.isEmpty())
              || (!sets.isEmpty() && sets.stream().allMatch(set -> hasKey(set, keys)));
      if (!mayGroup || !byKey) {
        throw new NotRowWise("computes something over several executions");
      }
    }
    fields.take("type");
    ExpressionJudge.rest(fields);
  }

  private boolean hasKey(JsonNode set, List<JsonNode> keys) {
    return IntStream.range(0, keys.size())
        .filter(i -> expressions.certainKey(keys.get(i)))
        .anyMatch(i -> IntStream.range(0, set.size()).anyMatch(j -> set.get(j).asInt(-1) == i));
  }

  static void modifiers(Fields node, ExpressionJudge expressions) {
    for (JsonNode modifier : node.list("modifiers")) {
      Fields fields = new Fields(modifier);
      switch (fields.text("type")) {
        case "ORDER_MODIFIER" -> expressions.orders(fields.list("orders"), true);
        case "DISTINCT_MODIFIER" -> {
          // Of the whole result; that it has an exec_id is seen to elsewhere.
        }
        case "LIMIT_MODIFIER" -> throw new NotRowWise("uses LIMIT, which chooses among executions");
        default -> throw ExpressionJudge.unknown(fields.text("type"));
      }
      ExpressionJudge.rest(fields);
    }
  }
}
