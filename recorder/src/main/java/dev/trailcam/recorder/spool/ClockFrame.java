// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The clocks at a heartbeat, or right after the wall clock was set. Executions from then on get
 * their wall-clock time from it.
 */
public record ClockFrame(ClockReading reading) {
  private static final int BYTES = 24;

  /** The payload of a {@link FrameKind#CLOCK} frame. */
  public ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(reading.bootNs())
        .putLong(reading.monotonicNs())
        .putLong(reading.realNs())
        .flip();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws MalformedRecordException if the bytes are something else
   */
  public static ClockFrame decode(ByteBuffer payload) throws MalformedRecordException {
    if (payload.remaining() != BYTES) {
      throw new MalformedRecordException(0, "clocks of " + payload.remaining() + " bytes");
    }
    ByteBuffer in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new ClockFrame(new ClockReading(in.getLong(), in.getLong(), in.getLong()));
  }
}
