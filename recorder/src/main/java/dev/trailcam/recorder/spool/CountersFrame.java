// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel program had counted at a heartbeat since recording began. After a crash it says
 * how many executions there were at the least.
 *
 * @param bootNs when the counters were read, nanoseconds since boot
 * @param processors those that counted something
 */
public record CountersFrame(long bootNs, List<Processor> processors) {
  private static final int FIXED_BYTES = 12;
  private static final int PROCESSOR_BYTES = 20;

  public CountersFrame {
    processors = List.copyOf(processors);
  }

  /**
   * One processor's counters.
   *
   * @param executed executions in scope
   * @param submitted of these, those put into the ring
   */
  public record Processor(int cpu, long executed, long submitted) {}

  /** The payload of a {@link FrameKind#COUNTERS} frame. */
  public ByteBuffer encode() {
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + processors.size() * PROCESSOR_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bootNs)
            .putInt(processors.size());
    for (Processor processor : processors) {
      out.putInt(processor.cpu).putLong(processor.executed).putLong(processor.submitted);
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
    long count = Integer.toUnsignedLong(in.getInt());
    if (in.remaining() != count * PROCESSOR_BYTES) {
      throw new MalformedRecordException(0, "counters of " + count + " processors do not fit");
    }
    List<Processor> processors = new ArrayList<>();
    while (in.hasRemaining()) {
      Processor processor = new Processor(in.getInt(), in.getLong(), in.getLong());
      if (processor.cpu < 0 || processor.submitted < 0 || processor.executed < 0) {
        throw new MalformedRecordException(in.position() - PROCESSOR_BYTES, "counters below zero");
      }
      processors.add(processor);
    }
    return new CountersFrame(bootNs, processors);
  }
}
