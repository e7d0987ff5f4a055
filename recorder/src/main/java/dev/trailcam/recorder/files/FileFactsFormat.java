// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import dev.trailcam.recorder.libbpf.FileOpener;
import dev.trailcam.recorder.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link FileFacts} as bytes, little-endian:
 *
 * <pre>
 * facts  = u64 dev  u64 inode  u64 size  u64 ctime  u8 why (0: none)
 *          bytes path  bytes sha256  bytes build id  bytes interpreter  names
 * bytes  = u16 length + 1 (0: null)  the bytes
 * names  = u16 count + 1 (0: null)  bytes*
 * </pre>
 */
final class FileFactsFormat {
  private static final int FIXED_BYTES = 4 * Long.BYTES + 1;
  private static final int SHA256_BYTES = 32;

  private final ByteBuffer in;

  FileFactsFormat(ByteBuffer payload) {
    this.in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer encode(FileFacts facts) {
    byte[][] values = {facts.path(), facts.sha256(), facts.buildId(), facts.interpreter()};
    List<byte[]> names = facts.needed() == null ? List.of() : facts.needed();
    int size = FIXED_BYTES + Short.BYTES;
    for (byte[] value : values) {
      size += size(value);
    }
    for (byte[] name : names) {
      size += size(name);
    }
    ByteBuffer out =
        ByteBuffer.allocate(size)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(facts.key().dev())
            .putLong(facts.key().inode())
            .putLong(facts.key().size())
            .putLong(facts.key().ctimeNs())
            .put(facts.why() == null ? 0 : facts.why().code());
    for (byte[] value : values) {
      put(out, value);
    }
    out.putShort((short) (facts.needed() == null ? 0 : names.size() + 1));
    for (byte[] name : names) {
      put(out, name);
    }
    return out.flip();
  }

  private static int size(byte[] value) {
    return Short.BYTES + (value == null ? 0 : value.length);
  }

  private static void put(ByteBuffer out, byte[] value) {
    if (value == null) {
      out.putShort((short) 0);
    } else {
      out.putShort((short) (value.length + 1)).put(value);
    }
  }

  FileFacts read() throws MalformedRecordException {
    if (in.remaining() < FIXED_BYTES) {
      throw malformed("facts of " + in.remaining() + " bytes");
    }
    FileKey key = new FileKey(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    MissingFacts why = reason(in.get());
    byte[] path = bytes(1, FileOpener.MAX_PATH_BYTES);
    byte[] sha256 = bytes(SHA256_BYTES, SHA256_BYTES);
    byte[] buildId = bytes(1, ElfFacts.MAX_BUILD_ID_BYTES);
    byte[] interpreter = bytes(0, ElfFacts.MAX_INTERPRETER_BYTES);
    List<byte[]> needed = names();
    if (in.hasRemaining()) {
      throw malformed("bytes behind the facts");
    }
    if (why == null && (sha256 == null || needed == null)) {
      throw malformed("facts that are missing without a reason");
    }
    if (needed == null && (buildId != null || interpreter != null)) {
      throw malformed("half of the ELF facts");
    }
    return new FileFacts(key, path, sha256, buildId, needed, interpreter, why);
  }

  private MissingFacts reason(byte code) throws MalformedRecordException {
    MissingFacts why = MissingFacts.of(code);
    if (why == null && code != 0) {
      throw malformed("unknown reason " + code);
    }
    return why;
  }

  private byte[] bytes(int least, int most) throws MalformedRecordException {
    int length = u16() - 1;
    if (length < 0) {
      return null;
    }
    if (length < least || length > most || length > in.remaining()) {
      throw malformed("a value of " + length + " bytes");
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  private List<byte[]> names() throws MalformedRecordException {
    int count = u16() - 1;
    if (count < 0) {
      return null;
    }
    if (count > ElfFacts.MAX_NEEDED) {
      throw malformed(count + " libraries");
    }
    List<byte[]> names = new ArrayList<>(count);
    int left = ElfFacts.MAX_NEEDED_BYTES;
    for (int i = 0; i < count; i++) {
      byte[] name = bytes(0, left);
      if (name == null) {
        throw malformed("a library without name");
      }
      left -= name.length;
      names.add(name);
    }
    return List.copyOf(names);
  }

  private int u16() throws MalformedRecordException {
    if (in.remaining() < Short.BYTES) {
      throw malformed("facts that end early");
    }
    return Short.toUnsignedInt(in.getShort());
  }

  private MalformedRecordException malformed(String what) {
    return new MalformedRecordException(in.position(), what);
  }
}
