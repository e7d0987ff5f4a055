// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static dev.trailcam.recorder.files.ElfBytes.malformed;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads an ELF file as the kernel and the dynamic loader do: by its program headers, with the
 * dynamic section and its strings found by address. Section headers, and offsets where the loader
 * goes by address, can be forged in a program that runs all the same; two readings that a loader
 * could choose from are malformed. Formats: elf(5), the System V ABI; limits: fs/binfmt_elf.c.
 */
final class ElfReader {
  private static final int MAGIC = 0x7f454c46;
  private static final int MAGIC_BYTES = 4;
  private static final int CLASS_AT = 4;
  private static final int DATA_AT = 5;

  /** The kernel's own limit (load_elf_phdrs). */
  private static final int MAX_PROGRAM_HEADERS_BYTES = 65_536;

  private static final int DT_NULL = 0;
  private static final int DT_NEEDED = 1;
  private static final int DT_STRTAB = 5;

  private final ElfBytes bytes;
  private final boolean wide;
  private final List<ElfSegment> segments = new ArrayList<>();

  private ElfReader(ElfBytes bytes, boolean wide) {
    this.bytes = bytes;
    this.wide = wide;
  }

  /**
   * Reads what the file says.
   *
   * @throws FactsMissingException NOT_ELF or MALFORMED_ELF; CHANGED when it has become shorter
   * @throws IOException from the source
   */
  static ElfFacts read(ByteSource source) throws IOException {
    ElfBytes bytes = new ElfBytes(source);
    if (source.size() < MAGIC_BYTES || bytes.u32(0) != MAGIC) {
      throw new FactsMissingException(MissingFacts.NOT_ELF, "no ELF magic");
    }
    int width = bytes.u8(CLASS_AT);
    int order = bytes.u8(DATA_AT);
    if (width < 1 || width > 2 || order < 1 || order > 2) {
      throw malformed("class " + width + ", data " + order);
    }
    bytes.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    ElfReader reader = new ElfReader(bytes, width == 2);
    reader.readSegments();
    return new ElfFacts(
        ElfNotes.buildId(bytes, reader.segments), reader.needed(), reader.interpreter());
  }

  private long word(long at) throws IOException {
    return wide ? bytes.u64(at) : bytes.u32(at);
  }

  private int words(int count) {
    return count * (wide ? Long.BYTES : Integer.BYTES);
  }

  private void readSegments() throws IOException {
    long at = word(wide ? 32 : 28);
    int entryBytes = bytes.u16(wide ? 54 : 42);
    int count = bytes.u16(wide ? 56 : 44);
    if (count == 0) {
      return;
    }
    if (entryBytes != (wide ? 56 : 32) || count * entryBytes > MAX_PROGRAM_HEADERS_BYTES) {
      throw malformed(count + " program headers of " + entryBytes + " bytes");
    }
    bytes.requireRange(at, (long) count * entryBytes, "the program headers' table");
    for (int i = 0; i < count; i++) {
      ElfSegment segment = segment(at + (long) i * entryBytes);
      if (segment.type() >= ElfSegment.LOAD && segment.type() <= ElfSegment.NOTE) {
        bytes.requireRange(segment.offset(), segment.fileBytes(), "a segment");
        segments.add(segment);
      }
    }
  }

  private ElfSegment segment(long at) throws IOException {
    int type = (int) bytes.u32(at);
    return wide
        ? new ElfSegment(
            type, bytes.u64(at + 8), bytes.u64(at + 16), bytes.u64(at + 32), bytes.u64(at + 48))
        : new ElfSegment(
            type, bytes.u32(at + 4), bytes.u32(at + 8), bytes.u32(at + 16), bytes.u32(at + 28));
  }

  /** The first one counts, as for the kernel. */
  private byte[] interpreter() throws IOException {
    for (ElfSegment segment : segments) {
      if (segment.type() == ElfSegment.INTERPRETER) {
        long length = segment.fileBytes();
        if (length < 2 || length > ElfFacts.MAX_INTERPRETER_BYTES + 1) {
          throw malformed("an interpreter of " + length + " bytes");
        }
        return bytes.string(segment.offset(), length, "the interpreter");
      }
    }
    return null;
  }

  private List<byte[]> needed() throws IOException {
    ElfSegment dynamic = null;
    for (ElfSegment segment : segments) {
      if (segment.type() == ElfSegment.DYNAMIC) {
        if (dynamic != null) {
          throw malformed("two dynamic sections");
        }
        dynamic = segment;
      }
    }
    return dynamic == null ? List.of() : needed(dynamic.address());
  }

  /**
   * @param address of the dynamic section, which ends where it says so and not where its header
   *     does
   */
  private List<byte[]> needed(long address) throws IOException {
    ElfSegment home = home(address);
    long at = home.offset() + (address - home.address());
    long end = home.offset() + home.fileBytes();
    List<Long> names = new ArrayList<>();
    OptionalLong strings = OptionalLong.empty();
    while (at <= end - words(2) && names.size() <= ElfFacts.MAX_NEEDED) {
      long tag = word(at);
      long value = word(at + words(1));
      if (tag == DT_NULL) {
        return names(names, strings);
      } else if (tag == DT_NEEDED) {
        names.add(value);
      } else if (tag == DT_STRTAB) {
        strings = OptionalLong.of(value); // the last one counts
      }
      at += words(2);
    }
    throw malformed("a dynamic section without end");
  }

  private List<byte[]> names(List<Long> offsets, OptionalLong strings) throws IOException {
    if (!offsets.isEmpty() && strings.isEmpty()) {
      throw malformed("library names and no strings");
    }
    List<byte[]> names = new ArrayList<>(offsets.size());
    long total = 0;
    for (long offset : offsets) {
      long address = strings.getAsLong() + offset;
      ElfSegment home = home(address);
      long skipped = address - home.address();
      long left = home.fileBytes() - skipped;
      byte[] name = bytes.string(home.offset() + skipped, left, "a library's name");
      total += name.length;
      if (total > ElfFacts.MAX_NEEDED_BYTES) {
        throw malformed("more than " + ElfFacts.MAX_NEEDED_BYTES + " bytes of library names");
      }
      names.add(name);
    }
    return names;
  }

  /** The segment that is loaded over an address. */
  private ElfSegment home(long address) throws FactsMissingException {
    ElfSegment home = null;
    for (ElfSegment segment : segments) {
      if (segment.type() == ElfSegment.LOAD && segment.holds(address)) {
        if (home != null) {
          throw malformed("two segments at one address");
        }
        home = segment;
      }
    }
    if (home == null) {
      throw malformed("an address where nothing is loaded");
    }
    return home;
  }
}
