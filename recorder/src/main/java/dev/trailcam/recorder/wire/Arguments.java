// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.recorder.wire.WireLayout.Event;
import dev.trailcam.recorder.wire.WireLayout.Failed;
import dev.trailcam.recorder.wire.WireLayout.Field;
import dev.trailcam.recorder.wire.WireLayout.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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

  /** The parts of a section, each closed by NUL but perhaps the last, without their NULs. */
  public static List<byte[]> split(ByteBuffer section) {
    List<byte[]> parts = new ArrayList<>();
    int start = section.position();
    for (int at = start; at < section.limit(); at++) {
      if (section.get(at) == 0) {
        parts.add(part(section, start, at));
        start = at + 1;
      }
    }
    if (start < section.limit()) {
      parts.add(part(section, start, section.limit()));
    }
    return parts;
  }

  private static byte[] part(ByteBuffer section, int from, int to) {
    byte[] part = new byte[to - from];
    section.get(from, part);
    return part;
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
