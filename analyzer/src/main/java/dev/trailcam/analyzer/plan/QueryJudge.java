// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import dev.trailcam.analyzer.gate.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Looks at statements and queries: whether what they give is owned, common, or neither. */
final class QueryJudge {
  private static final Set<String> SET_OPERATIONS = Set.of("UNION", "EXCEPT", "INTERSECT");

  /** Not executions: whatever part of the executions is judged, all of these are there. */
  private static final Set<String> BESIDE = Set.of("captures", "files");

  private final Catalogue catalogue;
  private final SortedSet<String> beside = new TreeSet<>();

  QueryJudge(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /** Tables beside executions and lists that were named so far. */
  SortedSet<String> beside() {
    return beside;
  }

  /**
   * A statement.
   *
   * @param outer what surrounds it; null for nothing
   * @throws NotRowWise if it is neither owned nor common
   */
  Output statement(JsonNode statement, Map<String, Output> ctes, Frame outer) {
    return query(node(statement), ctes, outer);
  }

  private static JsonNode node(JsonNode statement) {
    Fields fields = new Fields(statement);
    JsonNode node = fields.take("node");
    ExpressionJudge.rest(fields);
    return node;
  }

  /** What EXISTS asks. */
  void exists(JsonNode statement, Map<String, Output> ctes, Frame outer) {
    JsonNode node = node(statement);
    Fields fields = new Fields(node);
    if (fields.text("type").equals("SELECT_NODE")) {
      new SelectJudge(this, outer, ctes(fields, ctes, outer)).exists(fields);
    } else if (query(node, ctes, outer).owned()) {
      throw new NotRowWise("asks for other executions in a subquery");
    }
  }

  private Output query(JsonNode node, Map<String, Output> ctes, Frame outer) {
    Fields fields = new Fields(node);
    String type = fields.text("type");
    Map<String, Output> known = ctes(fields, ctes, outer);
    return switch (type) {
      case "SELECT_NODE" -> new SelectJudge(this, outer, known).output(fields);
      case "SET_OPERATION_NODE" -> setOperation(fields, known, outer);
      default -> throw ExpressionJudge.unknown(type);
    };
  }

  private Map<String, Output> ctes(Fields fields, Map<String, Output> ctes, Frame outer) {
    Map<String, Output> known = new HashMap<>(ctes);
    Fields map = new Fields(fields.take("cte_map"));
    for (JsonNode entry : map.list("map")) {
      Fields pair = new Fields(entry);
      Fields cte = new Fields(pair.take("value"));
      cte.take("materialized");
      List<String> names = new ArrayList<>();
      cte.list("aliases").forEach(name -> names.add(lower(name.asString(""))));
      known.put(
          lower(pair.text("key")), renamed(query(cte.take("query_node"), known, outer), names));
      ExpressionJudge.rest(cte);
      ExpressionJudge.rest(pair);
    }
    ExpressionJudge.rest(map);
    return known;
  }

  private Output setOperation(Fields fields, Map<String, Output> ctes, Frame outer) {
    String type = fields.text("setop_type");
    if (!SET_OPERATIONS.contains(type)) {
      throw ExpressionJudge.unknown(type);
    }
    fields.take("setop_all");
    List<JsonNode> children = fields.list("children");
    for (String side : List.of("left", "right")) {
      JsonNode child = fields.take(side);
      if (child.isObject()) {
        children.add(child);
      }
    }
    Output first = null;
    for (JsonNode child : children) {
      Output output = query(child, ctes, outer);
      if (first == null) {
        first = output;
      } else {
        requireAlike(first, output);
      }
    }
    if (first == null) {
      throw ExpressionJudge.unknown(type);
    }
    Frame frame = new Frame(outer);
    frame.add(new Source("", first));
    SelectJudge.modifiers(fields, new ExpressionJudge(this, frame, ctes));
    ExpressionJudge.rest(fields);
    return first;
  }

  private static void requireAlike(Output first, Output other) {
    if (first.owned() != other.owned()) {
      throw new NotRowWise("puts rows of executions together with others");
    }
    if (first.owned() && (first.keyPlace() < 0 || first.keyPlace() != other.keyPlace())) {
      throw new NotRowWise("puts queries together without exec_id at the same place of each");
    }
  }

  /** A view or a list by its name. */
  Output table(String name) {
    if (name.equals("execs")) {
      return Output.table(true, catalogue.views().get(name));
    }
    SortedSet<String> columns = catalogue.lists().get(name);
    if (columns == null && BESIDE.contains(name)) {
      beside.add(name);
      columns = catalogue.views().get(name);
    }
    if (columns == null) {
      throw new NotRowWise("reads " + name);
    }
    if (columns.contains(Output.KEY)) {
      throw new NotRowWise("reads " + name + ", which has an exec_id of its own");
    }
    return Output.table(false, columns);
  }

  /** An output whose first columns have other names. */
  static Output renamed(Output output, List<String> names) {
    if (names.isEmpty()) {
      return output;
    }
    if (output.owned() || names.contains(Output.KEY)) {
      throw new NotRowWise("gives other names to columns by their place");
    }
    List<String> columns = new ArrayList<>(names);
    if (output.ordered() && output.columns().size() > names.size()) {
      columns.addAll(output.columns().subList(names.size(), output.columns().size()));
    }
    return new Output(false, output.ordered(), columns);
  }
}
