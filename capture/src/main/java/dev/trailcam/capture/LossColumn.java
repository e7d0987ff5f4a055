// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.Column.Presence.ALWAYS;
import static dev.trailcam.capture.Column.Presence.MAYBE;

/**
 * The columns of {@code losses}: what the recorder knows it did not record. One row per interval,
 * processor, kind of event and cause.
 */
public enum LossColumn implements Column {
  CAPTURE_ID(ColumnType.STRING, ALWAYS, 1, "Id of the capture, as in its manifest"),
  CPU(
      ColumnType.INT32,
      ALWAYS,
      1,
      "Processor the loss was counted on; -1 for what no processor counted"),
  EVENT(
      ColumnType.STRING,
      MAYBE,
      2,
      "Rows of which table were lost: execs, exits, failed_execs, …; null means execs"),
  CAUSE(ColumnType.STRING, ALWAYS, 1, "Why: see LossCause"),
  COUNT(ColumnType.INT64, ALWAYS, 1, "Events lost in the interval"),
  FROM_BOOT_NS(
      ColumnType.INT64,
      ALWAYS,
      1,
      "Start of the interval, nanoseconds since boot (CLOCK_BOOTTIME)"),
  TO_BOOT_NS(ColumnType.INT64, ALWAYS, 1, "End of the interval, nanoseconds since boot"),
  FROM_TS(ColumnType.TIMESTAMP_MICROS, ALWAYS, 1, "Start of the interval, wall clock, UTC"),
  TO_TS(ColumnType.TIMESTAMP_MICROS, ALWAYS, 1, "End of the interval, wall clock, UTC");

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final Spec spec;

  LossColumn(ColumnType type, Presence presence, int since, String meaning) {
    this.spec = new Spec(type, presence, since, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
