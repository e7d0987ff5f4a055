// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * One row of a table, used again for the next. Values are by {@link
 * dev.trailcam.capture.ColumnType}:
 *
 * <ul>
 *   <li>BOOLEAN: Boolean
 *   <li>INT32: Integer; INT64: Long
 *   <li>TIMESTAMP_MICROS: Long, microseconds since 1970
 *   <li>STRING: String; STRING_LIST: List of String
 *   <li>TEXT: byte[]; TEXT_LIST: List of byte[] — the exact bytes
 *   <li>ANCESTORS: List of {@link AncestorEntry}
 * </ul>
 */
public final class Row {
  private static final Map<Table, Map<Column, Integer>> POSITIONS = new EnumMap<>(Table.class);

  static {
    for (Table table : Table.values()) {
      Map<Column, Integer> positions = new HashMap<>();
      for (Column column : table.columns()) {
        positions.put(column, positions.size());
      }
      POSITIONS.put(table, positions);
    }
  }

  private final Map<Column, Integer> positions;
  private final Object[] values;

  public Row(Table table) {
    positions = POSITIONS.get(table);
    values = new Object[positions.size()];
  }

  /** Whether the table has this column. */
  public boolean has(Column column) {
    return positions.containsKey(column);
  }

  /** Sets a value; null for not known. */
  public void set(Column column, Object value) {
    values[position(column)] = value;
  }

  /** The value, or null when not known. */
  public Object get(Column column) {
    return values[position(column)];
  }

  /** Sets every value to null. */
  void clear() {
    Arrays.fill(values, null);
  }

  private int position(Column column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("the table has no " + column.columnName());
    }
    return position;
  }
}
