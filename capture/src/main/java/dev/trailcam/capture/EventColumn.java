// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.Column.Presence.ALWAYS;
import static dev.trailcam.capture.Column.Presence.DERIVED;
import static dev.trailcam.capture.Column.Presence.MAYBE;
import static dev.trailcam.capture.ColumnType.INT32;
import static dev.trailcam.capture.ColumnType.INT64;
import static dev.trailcam.capture.ColumnType.STRING;

/**
 * What links an event to the program that a process was running: the last it had executed itself,
 * or that it inherited from the process that forked it.
 */
public enum EventColumn implements Column {
  EXEC_ID(
      STRING, DERIVED, "The execution of that program, in execs; null when it was not recorded"),
  EXEC_CPU(
      INT32,
      MAYBE,
      "cpu of that program in execs or, when 65535, in processes; null when not known"),
  EXEC_SEQ(INT64, MAYBE, "seq of that program; null when not known"),
  ERRNO(INT32, ALWAYS, "Why the call failed, as in errno(3); 0 when it did not");

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final Spec spec;

  EventColumn(ColumnType type, Presence presence, String meaning) {
    this.spec = new Spec(type, presence, 2, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
