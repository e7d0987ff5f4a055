// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.HashMap;
import java.util.Map;

/**
 * The CTEs that a place in a rule can name, and how many tables each of them stands for once it is
 * written out.
 */
final class Scope {
  private final Scope outer;
  private final Map<String, Long> ctes = new HashMap<>();

  Scope(Scope outer) {
    this.outer = outer;
  }

  void add(String name, long tables) {
    ctes.put(name, tables);
  }

  boolean declares(String name) {
    return ctes.containsKey(name);
  }

  /** Tables behind a name; -1 when there is no CTE of that name here. */
  long tables(String name) {
    Long tables = ctes.get(name);
    if (tables != null) {
      return tables;
    }
    return outer == null ? -1 : outer.tables(name);
  }
}
