// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A small ELF file for a test, of either width and order: one loaded segment over the whole file,
 * an interpreter, notes (another one, then the build id), a dynamic section. Its addresses are not
 * its offsets, so that taking one for the other is noticed.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ElfImage(boolean wide, ByteOrder order, byte[] bytes) implements ByteSource {
  static final long ADDRESS = 0x400000;
  static final int HEADERS = 4;
  static final byte[] BUILD_ID = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
  };
  static final String INTERPRETER = "/lib/ld.so.1";
  static final List<String> NEEDED = List.of("libpcap.so.0.8", "libc.so.6");

  private static final int CAPACITY = 1024;

  static ElfImage of(boolean wide, ByteOrder order) {
    ByteBuffer out = ByteBuffer.allocate(CAPACITY).order(order);
    ElfImage image = new ElfImage(wide, order, out.array());
    int interpreterAt = image.headersEnd();
    int notesAt = interpreterAt + 16;
    int dynamicAt = notesAt + 64;
    int stringsAt = dynamicAt + 6 * 2 * image.wordBytes();
    byte[] strings = ("\0" + String.join("\0", NEEDED) + "\0").getBytes(ISO_8859_1);
    int end = stringsAt + strings.length;

    out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    out.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put((byte) 1);
    out.putShort(16, (short) 3);
    image.putWord(image.programHeadersField(), image.headerBytes());
    out.putShort(wide ? 54 : 42, (short) image.entryBytes());
    out.putShort(wide ? 56 : 44, (short) HEADERS);
    image.putSegment(0, ElfSegment.LOAD, 0, end, 4096);
    image.putSegment(1, ElfSegment.INTERPRETER, interpreterAt, INTERPRETER.length() + 1, 1);
    image.putSegment(2, ElfSegment.NOTE, notesAt, 16 + 16 + BUILD_ID.length, 4);
    image.putSegment(3, ElfSegment.DYNAMIC, dynamicAt, 6L * 2 * image.wordBytes(), 8);

    out.put(interpreterAt, INTERPRETER.getBytes(ISO_8859_1));
    out.putInt(notesAt, 3).putInt(notesAt + 4, 0).putInt(notesAt + 8, 3); // not GNU's
    out.put(notesAt + 12, new byte[] {'G', 'o', 0, 0});
    int buildIdAt = notesAt + 16;
    out.putInt(buildIdAt, 4).putInt(buildIdAt + 4, BUILD_ID.length).putInt(buildIdAt + 8, 3);
    out.put(buildIdAt + 12, new byte[] {'G', 'N', 'U', 0}).put(buildIdAt + 16, BUILD_ID);
    image.putDynamic(dynamicAt, 0, 1, 1);
    image.putDynamic(dynamicAt, 1, 5, ADDRESS + stringsAt);
    image.putDynamic(dynamicAt, 2, 10, strings.length);
    image.putDynamic(dynamicAt, 3, 1, 2 + NEEDED.get(0).length());
    image.putDynamic(dynamicAt, 4, 0x6ffffffb, 1);
    image.putDynamic(dynamicAt, 5, 0, 0);
    out.put(stringsAt, strings);
    return new ElfImage(wide, order, Arrays.copyOf(out.array(), end));
  }

  /** A program that links one library again and again, by a name of so many bytes. */
  static ElfImage needing(int count, int nameBytes) {
    int dynamicAt = 64 + 2 * 56;
    int stringsAt = dynamicAt + (count + 2) * 16;
    byte[] bytes = Arrays.copyOf(of(true, ByteOrder.LITTLE_ENDIAN).bytes, stringsAt);
    ElfImage image =
        new ElfImage(
            true, ByteOrder.LITTLE_ENDIAN, Arrays.copyOf(bytes, stringsAt + nameBytes + 1));
    Arrays.fill(image.bytes, stringsAt, stringsAt + nameBytes, (byte) 'x');
    image.bytes[56] = 2;
    image.putSegment(0, ElfSegment.LOAD, 0, image.size(), 4096);
    image.putSegment(1, ElfSegment.DYNAMIC, dynamicAt, (count + 2) * 16L, 8);
    for (int i = 0; i < count; i++) {
      image.putDynamic(dynamicAt, i, 1, 0);
    }
    image.putDynamic(dynamicAt, count, 5, ADDRESS + stringsAt);
    image.putDynamic(dynamicAt, count + 1, 0, 0);
    return image;
  }

  int wordBytes() {
    return wide ? 8 : 4;
  }

  int headerBytes() {
    return wide ? 64 : 52;
  }

  int entryBytes() {
    return wide ? 56 : 32;
  }

  int programHeadersField() {
    return wide ? 32 : 28;
  }

  int headersEnd() {
    return headerBytes() + HEADERS * entryBytes();
  }

  /** Where the fields of a program header are: 0 offset, 1 address, 2 size in the file. */
  int segmentField(int segment, int field) {
    int at = headerBytes() + segment * entryBytes();
    int[] narrow = {4, 8, 16};
    int[] broad = {8, 16, 32};
    return at + (wide ? broad : narrow)[field];
  }

  ElfImage putWord(int at, long value) {
    ByteBuffer out = ByteBuffer.wrap(bytes).order(order);
    if (wide) {
      out.putLong(at, value);
    } else {
      out.putInt(at, (int) value);
    }
    return this;
  }

  private void putSegment(int number, int type, long offset, long size, long align) {
    int at = headerBytes() + number * entryBytes();
    ByteBuffer.wrap(bytes).order(order).putInt(at, type);
    putWord(segmentField(number, 0), offset);
    putWord(segmentField(number, 1), ADDRESS + offset);
    putWord(segmentField(number, 2), size);
    putWord(at + (wide ? 48 : 28), align);
  }

  private void putDynamic(int at, int number, long tag, long value) {
    putWord(at + number * 2 * wordBytes(), tag);
    putWord(at + (number * 2 + 1) * wordBytes(), value);
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(byte[] into, int length, long at) {
    int count = (int) Math.min(length, bytes.length - at);
    System.arraycopy(bytes, (int) at, into, 0, count);
    return count;
  }
}
