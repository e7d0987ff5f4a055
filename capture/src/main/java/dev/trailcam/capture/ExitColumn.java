// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.Column.Presence.ALWAYS;
import static dev.trailcam.capture.Column.Presence.DERIVED;
import static dev.trailcam.capture.Column.Presence.MAYBE;
import static dev.trailcam.capture.ColumnType.BOOLEAN;
import static dev.trailcam.capture.ColumnType.INT32;
import static dev.trailcam.capture.ColumnType.INT64;

/**
 * The columns that only {@code exits} has: one row for each process that ended, whether it had
 * executed something itself or not ({@code sched_process_exit} of its last thread).
 */
public enum ExitColumn implements Column {
  EXIT_CODE(INT32, MAYBE, "Status it ended with, 0 to 255; null when a signal ended it"),
  SIGNAL(INT32, MAYBE, "Signal that ended it; null when it ended itself"),
  CORE_DUMPED(BOOLEAN, ALWAYS, "Whether it left a core dump"),
  RUN_NS(INT64, DERIVED, "How long the process lived, nanoseconds: boot_ns - start_boot_ns"),
  USER_CPU_NS(INT64, ALWAYS, "Time its threads spent in user mode, nanoseconds"),
  SYSTEM_CPU_NS(INT64, ALWAYS, "Time its threads spent in the kernel, nanoseconds");

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final Spec spec;

  ExitColumn(ColumnType type, Presence presence, String meaning) {
    this.spec = new Spec(type, presence, 2, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
