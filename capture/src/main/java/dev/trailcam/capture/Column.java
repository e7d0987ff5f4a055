// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.util.Locale;

/**
 * One column of a capture table. The Parquet schema, the SQL views and {@code
 * docs/capture-format.md} derive from these; columns are only ever added and never change type. A
 * column may stand in several tables, and then means the same in each.
 */
public sealed interface Column
    permits ExecColumn, EventColumn, ExitColumn, RawSocketColumn, FileColumn, LossColumn {

  /** Whether a row always has a value, and where it comes from. */
  enum Presence {
    ALWAYS,
    /** {@code null} always means "not known", never "empty". */
    MAYBE,
    /** Not stored: the SQL views compute it from stored columns. */
    DERIVED
  }

  /**
   * What is to know of a column besides its name.
   *
   * @param since capture format version that introduced it
   * @param meaning what it holds, with unit, range and source, in one sentence
   */
  record Spec(ColumnType type, Presence presence, int since, String meaning) {}

  /** The constant's name. */
  String name();

  Spec spec();

  /** Name in Parquet and in SQL; the contract with rule authors. */
  default String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  default ColumnType type() {
    return spec().type();
  }

  /** Whether a row may lack a value; {@code null} always means "not known", never "empty". */
  default boolean nullable() {
    return spec().presence() == Presence.MAYBE;
  }

  /** Whether the SQL views compute it from stored columns instead of reading it from the file. */
  default boolean derived() {
    return spec().presence() == Presence.DERIVED;
  }

  /** Capture format version that introduced the column. */
  default int since() {
    return spec().since();
  }

  /** What it holds, with unit, range and source, in one sentence. */
  default String meaning() {
    return spec().meaning();
  }

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
