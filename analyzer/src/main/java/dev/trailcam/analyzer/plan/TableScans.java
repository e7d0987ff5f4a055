// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a query reads, by the plan that DuckDB makes of it. */
public final class TableScans {
  private static final JsonMapper JSON = new JsonMapper();

  private final SortedMap<String, SortedSet<String>> columns = new TreeMap<>();

  private TableScans() {}

  /**
   * The columns of each table that is scanned, by its name without catalog and schema; none of a
   * table of which only the rows count.
   *
   * @param explained what {@code EXPLAIN (FORMAT json)} gives; no filter may have been pushed down
   *     into a scan, since what that reads is not told apart
   */
  public static SortedMap<String, SortedSet<String>> of(String explained) {
    TableScans scans = new TableScans();
    scans.node(JSON.readTree(explained));
    return Collections.unmodifiableSortedMap(scans.columns);
  }

  private void node(JsonNode node) {
    JsonNode facts = node.path("extra_info");
    if (facts.has("Table")) {
      String table = facts.path("Table").asString();
      scan(table.substring(table.lastIndexOf('.') + 1), facts.path("Projections"));
    }
    node.forEach(this::node);
  }

  private void scan(String table, JsonNode projections) {
    SortedSet<String> names = columns.computeIfAbsent(table, none -> new TreeSet<>());
    if (projections.isArray()) {
      projections.forEach(name -> names.add(name.asString()));
    } else if (!projections.asString("").isEmpty()) {
      names.add(projections.asString());
    }
  }
}
