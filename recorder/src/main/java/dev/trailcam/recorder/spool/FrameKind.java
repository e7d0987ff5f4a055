// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

/** What a frame of the spool holds. */
public enum FrameKind {
  /** A record of the ring, as it came. */
  EVENT(1),
  /** {@link LossFrame}. */
  LOSS(2),
  /** {@link ClockFrame}. */
  CLOCK(3),
  /** {@link CountersFrame}. */
  COUNTERS(4),
  /** {@link dev.trailcam.recorder.files.FileFacts}. */
  FILE(5);

  private final byte code;

  FrameKind(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  /** The kind with this number, or null. */
  static FrameKind of(byte code) {
    for (FrameKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }
}
