// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The names that WITH has given where a query stands.
 *
 * @param ctes in order
 * @param alone for each name in lower case, whether its rows are of one execution alone
 */
record Scope(List<JsonNode> ctes, Map<String, Boolean> alone) {
  static final Scope EMPTY = new Scope(List.of(), Map.of());

  Scope with(JsonNode cte, boolean isAlone) {
    List<JsonNode> more = new ArrayList<>(ctes);
    more.add(cte);
    Map<String, Boolean> known = new TreeMap<>(alone);
    known.put(cte.path("key").asString("").toLowerCase(Locale.ROOT), isAlone);
    return new Scope(more, known);
  }

  /** Whether a table is cut down: true or false, or null for one that has no executions. */
  Boolean of(String table) {
    String name = table.toLowerCase(Locale.ROOT);
    if (name.startsWith(Restriction.PREFIX)) {
      return true;
    }
    return alone.getOrDefault(name, Restriction.VIEWS.contains(name) ? Boolean.FALSE : null);
  }
}
