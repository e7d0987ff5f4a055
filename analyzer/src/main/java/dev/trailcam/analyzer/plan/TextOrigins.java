// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import static dev.trailcam.analyzer.plan.Catalogue.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Knows for expressions over {@code execs} of which column their text is a part, upper and lower
 * case alike. Goes by what the packed words and views do.
 */
final class TextOrigins {
  private static final Set<String> TEXTS =
      Set.of("exe", "filename", "exe_name", "comm", "cwd", "parent_exe", "inline_code");

  /** Words that give a part of their first argument, or the same in lower case. */
  private static final Set<String> PARTS = Set.of("basename", "file_name", "unversioned", "lower");

  private final String alias;

  TextOrigins(String alias) {
    this.alias = alias;
  }

  /** Of an expression that is a text; empty where it cannot be told. */
  Optional<TextOrigin> ofText(JsonNode node) {
    Optional<String> column = column(node);
    if (column.isPresent()) {
      return column.filter(TEXTS::contains).map(TextOrigin::new);
    }
    if (node.path("type").asString("").equals("OPERATOR_COALESCE")) {
      return known(node.path("children"));
    }
    JsonNode arguments = node.path("arguments");
    JsonNode first = arguments.path(0).path("expression");
    Map.Entry<String, Integer> call =
        Map.entry(lower(node.path("function_name").asString("")), arguments.size());
    if (call.getValue() == 1 && PARTS.contains(call.getKey())) {
      return ofText(first);
    }
    if (call.equals(Map.entry("arg", 2))
        || call.equals(Map.entry("loaded_program", 1))
        || call.equals(Map.entry("cmdline", 1))) {
      return ofElements(first);
    }
    return Optional.empty();
  }

  /** Of the elements of an expression that is a list. */
  Optional<TextOrigin> ofElements(JsonNode node) {
    return column(node).filter(NecessaryText.LISTS::contains).map(TextOrigin::new);
  }

  /** An empty text in the place of what is not known holds nothing. */
  private Optional<TextOrigin> known(JsonNode children) {
    JsonNode literal = children.path(1).path("literal");
    boolean orEmpty =
        children.size() == 2
            && literal.path("kind").asString("").equals("STRING")
            && literal.path("text").asString("-").isEmpty();
    return orEmpty ? ofText(children.path(0)) : Optional.empty();
  }

  private Optional<String> column(JsonNode node) {
    List<String> path = Frame.path(node);
    if (path.size() == 2 && path.get(0).equals(alias)) {
      return Optional.of(path.get(1));
    }
    return path.size() == 1 ? Optional.of(path.get(0)) : Optional.empty();
  }
}
