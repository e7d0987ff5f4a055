// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import static dev.trailcam.analyzer.gate.Vocabulary.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The names that a rule gives to tables and columns anywhere in it. Where each is in scope is left
 * to the engine: to name one elsewhere is an error to it and nothing worse.
 */
final class Names {
  private static final Set<String> SINGLE = Set.of("alias", "table_name", "key");
  private static final Set<String> LISTS = Set.of("column_name_alias", "aliases", "expected_names");

  private Names() {}

  /** In lower case. */
  static Set<String> of(List<JsonNode> nodes) {
    Set<String> names = new HashSet<>();
    nodes.forEach(node -> collect(node, names));
    return names;
  }

  private static void collect(JsonNode node, Set<String> names) {
    node.properties()
        .forEach(
            field -> {
              if (SINGLE.contains(field.getKey()) && field.getValue().isString()) {
                names.add(lower(field.getValue().stringValue()));
              } else if (LISTS.contains(field.getKey())) {
                field.getValue().forEach(name -> names.add(lower(name.asString(""))));
              }
            });
    node.forEach(child -> collect(child, names));
    names.remove("");
  }
}
