// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * One column of a capture table. The Parquet schema, the SQL views and {@code
 * docs/capture-format.md} derive from these; columns are only ever added and never change type.
 */
public sealed interface Column permits ExecColumn, LossColumn {

  /** Name in Parquet and in SQL; the contract with rule authors. */
  String columnName();

  ColumnType type();

  /** Whether a row may lack a value; {@code null} always means "not known", never "empty". */
  boolean nullable();

  /** Whether the SQL views compute it from stored columns instead of reading it from the file. */
  boolean derived();

  /** Capture format version that introduced the column. */
  int since();

  /** What it holds, with unit, range and source, in one sentence. */
  String meaning();

  /**
   * Name of the companion that keeps the exact bytes where they are no valid UTF-8 and is null
   * elsewhere. Only columns whose {@link ColumnType#text()} is true have one.
   */
  default String rawName() {
    if (!type().text()) {
      throw new IllegalStateException(columnName() + " holds no text from outside");
    }
    return columnName() + "_raw";
  }
}
