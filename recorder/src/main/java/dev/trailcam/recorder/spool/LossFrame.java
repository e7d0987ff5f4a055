// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Events that were counted and not recorded.
 *
 * @param fromBootNs start of the interval, nanoseconds since boot
 * @param toBootNs end of the interval, nanoseconds since boot
 * @param cpu processor they were counted on
 * @param kind of the events
 * @param count at least 1
 */
public record LossFrame(
    long fromBootNs, long toBootNs, int cpu, EventKind kind, LossCause cause, long count) {
  private static final int BYTES = 30;

  /** The payload of a {@link FrameKind#LOSS} frame. */
  public ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(fromBootNs)
        .putLong(toBootNs)
        .putLong(count)
        .putInt(cpu)
        .put((byte) kind.code())
        .put(code(cause))
        .flip();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws MalformedRecordException if the bytes are something else
   */
  public static LossFrame decode(ByteBuffer payload) throws MalformedRecordException {
    if (payload.remaining() != BYTES) {
      throw new MalformedRecordException(0, "a loss of " + payload.remaining() + " bytes");
    }
    ByteBuffer in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    long from = in.getLong();
    long to = in.getLong();
    long count = in.getLong();
    int cpu = in.getInt();
    EventKind kind = EventKind.of(in.get());
    byte code = in.get();
    if (from < 0 || to < from || count < 1 || cpu < 0 || kind == null) {
      throw new MalformedRecordException(0, "a loss out of range");
    }
    for (LossCause cause : LossCause.values()) {
      if (code(cause) == code) {
        return new LossFrame(from, to, cpu, kind, cause, count);
      }
    }
    throw new MalformedRecordException(BYTES - 1, "unknown cause " + code);
  }

  private static byte code(LossCause cause) {
    return switch (cause) {
      case RING_FULL -> 1;
      case SCRATCH_BUSY -> 2;
      case UNTRACKED_FORK -> 3;
      case SPOOL_DAMAGED -> 4;
    };
  }
}
