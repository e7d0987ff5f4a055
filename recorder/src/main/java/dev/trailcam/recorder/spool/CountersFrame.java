// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel program had counted at a heartbeat since recording began. After a crash it says
 * how many events there were at the least.
 *
 * @param bootNs when the counters were read, nanoseconds since boot
 * @param counts those that are not zero
 */
public record CountersFrame(long bootNs, List<Count> counts) {
  private static final int FIXED_BYTES = 12;
  private static final int COUNT_BYTES = 21;

  public CountersFrame {
    counts = List.copyOf(counts);
  }

  /**
   * What a processor counted of one kind.
   *
   * @param seen events in scope
   * @param submitted of these, those put into the ring
   */
  public record Count(int cpu, EventKind kind, long seen, long submitted) {}

  /** The payload of a {@link FrameKind#COUNTERS} frame. */
  public ByteBuffer encode() {
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + counts.size() * COUNT_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bootNs)
            .putInt(counts.size());
    for (Count count : counts) {
      out.putInt(count.cpu).put((byte) count.kind.code());
      out.putLong(count.seen).putLong(count.submitted);
    }
    return out.flip();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws MalformedRecordException if the bytes are something else
   */
  public static CountersFrame decode(ByteBuffer payload) throws MalformedRecordException {
    ByteBuffer in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < FIXED_BYTES) {
      throw new MalformedRecordException(0, "counters of " + in.remaining() + " bytes");
    }
    long bootNs = in.getLong();
    long size = Integer.toUnsignedLong(in.getInt());
    if (in.remaining() != size * COUNT_BYTES) {
      throw new MalformedRecordException(0, size + " counters do not fit");
    }
    List<Count> counts = new ArrayList<>();
    while (in.hasRemaining()) {
      Count count = new Count(in.getInt(), EventKind.of(in.get()), in.getLong(), in.getLong());
      if (count.cpu < 0 || count.kind == null || count.submitted < 0 || count.seen < 0) {
        throw new MalformedRecordException(in.position() - COUNT_BYTES, "counters out of range");
      }
      counts.add(count);
    }
    return new CountersFrame(bootNs, counts);
  }
}
