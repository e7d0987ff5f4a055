// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

/** What a record tells; {@code enum tc_kind}. */
public enum EventKind {
  /** A program was executed. */
  EXEC(1),
  /** A process was alive when recording began; it is no execution. */
  PROCESS(2);

  private final int code;

  EventKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The kind with this number, or null. */
  static EventKind of(int code) {
    for (EventKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }
}
