// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.recorder.wire.WireLayout.Event;
import dev.trailcam.recorder.wire.WireLayout.Failed;
import dev.trailcam.recorder.wire.WireLayout.Field;
import dev.trailcam.recorder.wire.WireLayout.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The arguments at the end of a record, read and replaced without decoding the rest: that is done
 * for every record on its way from the ring to the disk.
 */
public final class Arguments {
  private Arguments() {}

  /**
   * The bytes of the arguments, each closed by NUL but perhaps the last; empty for a record that
   * has none. The record's position and limit stay.
   */
  public static ByteBuffer of(ByteBuffer record) {
    Field length = lengthField(record);
    if (length == null) {
      return record.slice(record.limit(), 0);
    }
    int bytes = at(record).getInt(length.offset());
    int size = record.remaining();
    return bytes < 0 || bytes > size
        ? record.slice(record.limit(), 0) // not for here to judge
        : record.slice(record.position() + size - bytes, bytes);
  }

  /**
   * The same record with other arguments.
   *
   * @param masked how many of them hold a mark
   */
  public static ByteBuffer replace(ByteBuffer record, List<byte[]> arguments, int masked) {
    ByteBuffer old = of(record);
    boolean closed = old.hasRemaining() && old.get(old.limit() - 1) == 0;
    int before = record.remaining() - old.remaining();
    int bytes = arguments.stream().mapToInt(argument -> argument.length + 1).sum();
    bytes -= closed || arguments.isEmpty() ? 0 : 1;
    ByteBuffer out = ByteBuffer.allocate(before + bytes).order(ByteOrder.nativeOrder());
    out.put(record.slice(record.position(), before));
    for (byte[] argument : arguments) {
      out.put(argument);
      if (out.hasRemaining()) {
        out.put((byte) 0);
      }
    }
    out.putInt(Header.SIZE.offset(), before + bytes);
    out.putInt(lengthField(record).offset(), bytes);
    int flags = out.getInt(Header.FLAGS.offset()) | WireLayout.FLAG_MASKED;
    out.putInt(Header.FLAGS.offset(), flags);
    out.putInt(Header.MASKED.offset(), masked);
    return out.flip();
  }

  /** Where the record says how long its arguments are; null when it has none. */
  private static Field lengthField(ByteBuffer record) {
    if (record.remaining() < Header.LAYOUT.bytes()) {
      return null;
    }
    EventKind kind = EventKind.of(at(record).getShort(Header.KIND.offset()));
    if (kind == null) {
      return null;
    }
    Field field =
        switch (kind) {
          case EXEC, PROCESS -> Event.ARGV_LEN;
          case FAILED -> Failed.ARGV_LEN;
          case EXIT, SOCKET -> null;
        };
    return field == null || record.remaining() < field.offset() + field.size() ? null : field;
  }

  private static ByteBuffer at(ByteBuffer record) {
    return record.slice().order(ByteOrder.nativeOrder());
  }
}
