// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as lists of equal length, by name: a page's script reads 100,000 of them in one go. */
final class HtmlColumns {
  private final Map<String, List<Object>> columns = new LinkedHashMap<>();

  HtmlColumns(String... names) {
    for (String name : names) {
      columns.put(name, new ArrayList<>());
    }
  }

  /** Adds a row, its values in the order of the names. */
  void add(Object... values) {
    int i = 0;
    for (List<Object> column : columns.values()) {
      column.add(values[i++]);
    }
  }

  /** Everything, for {@link Json}. */
  Map<String, Object> document() {
    return new LinkedHashMap<>(columns);
  }
}
