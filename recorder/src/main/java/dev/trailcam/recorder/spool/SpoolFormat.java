// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The numbers of the spool's format, and its header; see the package. */
final class SpoolFormat {
  static final int CRC_BYTES = 4;
  static final int FRAME_HEADER_BYTES = 17;
  static final int LENGTH_AT = 4;
  static final int NUMBER_AT = 8;
  static final int KIND_AT = 16;

  /** More than any record: arguments end at 6 MiB. */
  static final int MAX_PAYLOAD_BYTES = 16 << 20;

  static final int HEADER_FIXED_BYTES = 20;
  static final int MAX_ID_BYTES = 256;

  private static final long MAGIC = 0x0a4c4f4f50534354L; // "TCSPOOL\n"
  private static final short VERSION = 2;
  private static final int ID_LENGTH_AT = 16;

  private SpoolFormat() {}

  /** Records keep the order of the machine's bytes, so the header says which that is. */
  private static byte nativeOrder() {
    return (byte) (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 2);
  }

  static ByteBuffer header(int number, String captureId) {
    byte[] id = captureId.getBytes(UTF_8);
    if (id.length > MAX_ID_BYTES) {
      throw new IllegalArgumentException("capture id longer than " + MAX_ID_BYTES + " bytes");
    }
    ByteBuffer header =
        ByteBuffer.allocate(HEADER_FIXED_BYTES + id.length + CRC_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(MAGIC)
            .putShort(VERSION)
            .put(nativeOrder())
            .put((byte) 0)
            .putInt(number)
            .putInt(id.length)
            .put(id);
    return header.putInt(crc(header.array(), header.position())).flip();
  }

  /** The header at the start of these bytes; null when they are none this version can read. */
  static SpoolHeader readHeader(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < HEADER_FIXED_BYTES + CRC_BYTES) {
      return null;
    }
    int idBytes = in.getInt(ID_LENGTH_AT);
    if (idBytes < 0
        || idBytes > MAX_ID_BYTES
        || in.remaining() < HEADER_FIXED_BYTES + idBytes + CRC_BYTES) {
      return null;
    }
    byte[] checked = new byte[HEADER_FIXED_BYTES + idBytes];
    in.get(0, checked);
    if (in.getInt(checked.length) != crc(checked, checked.length)) {
      return null;
    }
    boolean readable =
        in.getLong() == MAGIC && in.getShort() == VERSION && in.get() == nativeOrder();
    in.get();
    return readable
        ? new SpoolHeader(
            in.getInt(),
            new String(checked, HEADER_FIXED_BYTES, idBytes, UTF_8),
            checked.length + CRC_BYTES)
        : null;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
