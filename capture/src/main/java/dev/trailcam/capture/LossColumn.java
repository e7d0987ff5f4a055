// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.util.Locale;

/**
 * The columns of {@code losses}: what the recorder knows it did not record. One row per interval,
 * processor and cause.
 */
public enum LossColumn implements Column {
  CAPTURE_ID(ColumnType.STRING, "Id of the capture, as in its manifest"),
  CPU(ColumnType.INT32, "Processor the loss was counted on; -1 for what no processor counted"),
  CAUSE(ColumnType.STRING, "Why: see LossCause"),
  COUNT(ColumnType.INT64, "Executions lost in the interval"),
  FROM_BOOT_NS(ColumnType.INT64, "Start of the interval, nanoseconds since boot (CLOCK_BOOTTIME)"),
  TO_BOOT_NS(ColumnType.INT64, "End of the interval, nanoseconds since boot"),
  FROM_TS(ColumnType.TIMESTAMP_MICROS, "Start of the interval, wall clock, UTC"),
  TO_TS(ColumnType.TIMESTAMP_MICROS, "End of the interval, wall clock, UTC");

  private final ColumnType type;
  private final String meaning;

  LossColumn(ColumnType type, String meaning) {
    this.type = type;
    this.meaning = meaning;
  }

  @Override
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ColumnType type() {
    return type;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public boolean derived() {
    return false;
  }

  @Override
  public int since() {
    return 1;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
