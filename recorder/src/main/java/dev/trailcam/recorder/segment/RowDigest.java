// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.Column;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Number and checksum of rows: the same for the rows that were written and those that are read
 * back, unless something between damaged one. It finds mistakes, not forgery; SHA-256 in the
 * manifest does that.
 */
final class RowDigest {
  private static final byte NULL = 0;
  private static final byte VALUE = 1;

  private final List<Column> columns;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private long rows;

  RowDigest(List<Column> columns) {
    this.columns = columns;
  }

  void add(Row row) {
    for (Column column : columns) {
      Object value = row.get(column);
      room(1).put(value == null ? NULL : VALUE);
      if (value != null) {
        add(value);
      }
    }
    crc.update(buffer.flip());
    buffer.clear();
    rows++;
  }

  long rows() {
    return rows;
  }

  long checksum() {
    return crc.getValue();
  }

  private void add(Object value) {
    if (value instanceof byte[] bytes) {
      addBytes(bytes);
    } else if (value instanceof Long number) {
      room(Long.BYTES).putLong(number);
    } else if (value instanceof Integer number) {
      room(Integer.BYTES).putInt(number);
    } else if (value instanceof String text) {
      addBytes(text.getBytes(UTF_8));
    } else if (value instanceof Boolean flag) {
      room(1).put((byte) (flag ? 1 : 0));
    } else if (value instanceof List<?> list) {
      room(Integer.BYTES).putInt(list.size());
      list.forEach(this::add);
    } else if (value instanceof AncestorEntry ancestor) {
      add(ancestor.pid());
      add(ancestor.startBootNs());
      add(ancestor.comm());
      room(1).put(ancestor.exe() == null ? NULL : VALUE);
      if (ancestor.exe() != null) {
        add(ancestor.exe());
      }
    } else {
      throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  private void addBytes(byte[] bytes) {
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      buffer =
          ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes))
              .put(buffer.flip());
    }
    return buffer;
  }
}
