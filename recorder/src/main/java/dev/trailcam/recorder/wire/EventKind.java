// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.capture.Table;

/** What a record tells; {@code enum tc_kind}. */
public enum EventKind {
  /** A program was executed. */
  EXEC(1, Table.EXECS),
  /** A process was alive when recording began; it is no execution. */
  PROCESS(2, Table.PROCESSES),
  /** A process ended. */
  EXIT(3, Table.EXITS),
  /** An execution failed. */
  FAILED(4, Table.FAILED_EXECS),
  /** A socket sees other programs' packets. */
  SOCKET(5, Table.RAW_SOCKETS);

  private final int code;
  private final Table table;

  EventKind(int code, Table table) {
    this.code = code;
    this.table = table;
  }

  /** The number of {@code enum tc_kind}. */
  public int code() {
    return code;
  }

  /** The table its events become rows of. */
  public Table table() {
    return table;
  }

  /** The kind with this number, or null. */
  public static EventKind of(int code) {
    for (EventKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }
}
