// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.LossColumn;
import dev.trailcam.capture.Table;
import java.util.Arrays;

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
  private final Object[] values;

  public Row(Table table) {
    values = new Object[table.columns().size()];
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

  @SuppressWarnings("EnumOrdinal") // a table's columns are the constants of one enum, in its order
  private static int position(Column column) {
    return column instanceof ExecColumn exec ? exec.ordinal() : ((LossColumn) column).ordinal();
  }
}
