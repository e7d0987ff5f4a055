// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a row that matter to a case. A value is a Boolean, a Long, an {@link
 * java.time.Instant}, a String, a list of Strings or of {@link Ancestor}s as its column's type
 * demands, or null for what is not known.
 *
 * @param table the table it is of
 * @param line line of the cases file
 * @param values in the order they were written
 */
public record CaseRow(Table table, int line, Map<Column, Object> values) {

  /** Makes the map immutable. */
  public CaseRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * An element of the column {@code ancestors}; parts of it null.
   *
   * @param start when it was forked, nanoseconds since boot
   */
  public record Ancestor(Long pid, Long start, String comm, String exe) {}

  /** The column of a table that has this name. */
  static Optional<Column> column(Table table, String name) {
    List<Column> columns = table.columns();
    return columns.stream().filter(column -> column.columnName().equals(name)).findFirst();
  }
}
