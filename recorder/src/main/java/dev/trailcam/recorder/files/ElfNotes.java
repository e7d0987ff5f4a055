// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static dev.trailcam.recorder.files.ElfBytes.malformed;

import java.io.IOException;
import java.util.List;

/** Finds the build id among an ELF file's notes. */
final class ElfNotes {
  private static final int HEADER_BYTES = 12;
  private static final int NAME_BYTES = 4;
  private static final int NT_GNU_BUILD_ID = 3; // elf(5)

  private ElfNotes() {}

  /** The first build id; null when there is none. */
  static byte[] buildId(ElfBytes bytes, List<ElfSegment> segments) throws IOException {
    for (ElfSegment segment : segments) {
      if (segment.type() == ElfSegment.NOTE) {
        byte[] id = buildId(bytes, segment);
        if (id != null) {
          return id;
        }
      }
    }
    return null;
  }

  private static byte[] buildId(ElfBytes bytes, ElfSegment segment) throws IOException {
    // Notes are padded to 4 bytes, also in 64-bit files, unless the segment asks for 8.
    long align = segment.align() == Long.BYTES ? Long.BYTES : Integer.BYTES;
    long at = 0;
    while (segment.fileBytes() - at >= HEADER_BYTES) {
      long header = segment.offset() + at;
      long nameBytes = bytes.u32(header);
      long contentBytes = bytes.u32(header + 4);
      long contentAt = padded(at + HEADER_BYTES + nameBytes, align);
      if (contentAt + contentBytes > segment.fileBytes()) {
        throw malformed("a note beyond its segment");
      }
      if (bytes.u32(header + 8) == NT_GNU_BUILD_ID && isGnu(bytes, header, nameBytes)) {
        if (contentBytes < 1 || contentBytes > ElfFacts.MAX_BUILD_ID_BYTES) {
          throw malformed("a build id of " + contentBytes + " bytes");
        }
        return bytes.bytes(segment.offset() + contentAt, (int) contentBytes);
      }
      at = padded(contentAt + contentBytes, align);
    }
    return null;
  }

  private static boolean isGnu(ElfBytes bytes, long header, long nameBytes) throws IOException {
    if (nameBytes != NAME_BYTES) {
      return false;
    }
    byte[] name = bytes.bytes(header + HEADER_BYTES, NAME_BYTES);
    return name[0] == 'G' && name[1] == 'N' && name[2] == 'U' && name[3] == 0;
  }

  private static long padded(long length, long align) {
    return length + align - 1 & -align;
  }
}
