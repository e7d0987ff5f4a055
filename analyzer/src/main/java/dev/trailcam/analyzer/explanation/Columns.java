// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What the terms of one clause depend on, each once: columns, or what was made of a group. */
final class Columns {
  private static final int MAX = 40;
  private static final Set<String> OTHER_ROWS = Set.of("SUBQUERY", "LAMBDA");

  private final SourceText source;
  private final List<String> names = new ArrayList<>();
  private final List<JsonNode> nodes = new ArrayList<>();

  Columns(SourceText source) {
    this.source = source;
  }

  List<String> names() {
    return names;
  }

  List<JsonNode> nodes() {
    return nodes;
  }

  /**
   * Places of what an expression depends on. In HAVING a column has as many values as its group has
   * rows, so that both sides of a comparison stand for it; in QUALIFY the window does.
   */
  List<Integer> in(String clause, JsonNode expression) {
    List<Integer> places = new ArrayList<>();
    switch (clause) {
      case "HAVING" -> {
        operand(expression.path("left"), places);
        operand(expression.path("right"), places);
      }
      case "QUALIFY" -> collect("WINDOW", expression, places);
      default -> collect("COLUMN_REF", expression, places);
    }
    return places.stream().distinct().toList();
  }

  private void operand(JsonNode side, List<Integer> places) {
    String type = side.path("class").asString("CONSTANT");
    if (!type.equals("CONSTANT") && !OTHER_ROWS.contains(type)) {
      place(side, places);
    }
  }

  private void collect(String wanted, JsonNode node, List<Integer> places) {
    String type = node.path("class").asString("");
    if (type.equals(wanted)) {
      place(node, places);
    } else if (!OTHER_ROWS.contains(type)) {
      node.forEach(child -> collect(wanted, child, places));
    }
  }

  private void place(JsonNode node, List<Integer> places) {
    String name = name(node);
    int place = names.indexOf(name);
    if (place < 0 && names.size() < MAX) {
      place = names.size();
      names.add(name);
      nodes.add(node);
    }
    if (place >= 0) {
      places.add(place);
    }
  }

  private String name(JsonNode node) {
    JsonNode names = node.path("column_names");
    return names.isMissingNode()
        ? source.of(node)
        : StreamSupport.stream(names.spliterator(), false)
            .map(part -> part.asString(""))
            .collect(Collectors.joining("."));
  }
}
