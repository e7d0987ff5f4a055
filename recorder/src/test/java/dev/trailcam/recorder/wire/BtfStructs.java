// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The structures that an object file's own type information (BTF) describes: as much of the format
 * (Documentation/bpf/btf.rst in the kernel) as it takes to find names, sizes and offsets.
 */
final class BtfStructs {
  private static final int KIND_STRUCT = 4;
  private static final int MEMBER_BYTES = 12;

  /** Size in bytes, and offset in bytes of each member in order. */
  record Struct(int size, Map<String, Integer> offsets) {}

  private final ByteBuffer btf;
  private final int strings;
  private final Map<String, Struct> structs = new LinkedHashMap<>();

  private BtfStructs(ByteBuffer btf) {
    this.btf = btf;
    int header = btf.getInt(4);
    int types = header + btf.getInt(8);
    int end = types + btf.getInt(12);
    strings = header + btf.getInt(16);
    for (int at = types; at < end; ) {
      at = readType(at);
    }
  }

  static Map<String, Struct> of(byte[] elf) {
    return new BtfStructs(section(ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN), ".BTF"))
        .structs;
  }

  /** Finds a section of a 64-bit ELF file by name. */
  private static ByteBuffer section(ByteBuffer elf, String name) {
    long table = elf.getLong(0x28);
    int entry = elf.getShort(0x3a);
    int count = elf.getShort(0x3c);
    int names = (int) elf.getLong((int) (table + elf.getShort(0x3e) * (long) entry) + 0x18);
    for (int i = 0; i < count; i++) {
      int at = (int) table + i * entry;
      if (string(elf, names + elf.getInt(at)).equals(name)) {
        return elf.slice((int) elf.getLong(at + 0x18), (int) elf.getLong(at + 0x20))
            .order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    throw new IllegalArgumentException("no section " + name);
  }

  private int readType(int at) {
    int info = btf.getInt(at + 4);
    int kind = info >>> 24 & 0x1f;
    int members = info & 0xffff;
    int next = at + 12 + trailerBytes(kind, members);
    if (kind == KIND_STRUCT) {
      Map<String, Integer> offsets = new LinkedHashMap<>();
      for (int member = at + 12; member < next; member += MEMBER_BYTES) {
        offsets.put(
            string(btf, strings + btf.getInt(member)), (btf.getInt(member + 8) & 0xffffff) / 8);
      }
      structs.put(string(btf, strings + btf.getInt(at)), new Struct(btf.getInt(at + 8), offsets));
    }
    return next;
  }

  /** What follows the common part of a type, by kind. */
  private static int trailerBytes(int kind, int members) {
    return switch (kind) {
      case 1, 14, 17 -> 4; // INT, VAR, DECL_TAG
      case 3 -> 12; // ARRAY
      case 4, 5, 15, 19 -> members * MEMBER_BYTES; // STRUCT, UNION, DATASEC, ENUM64
      case 6, 13 -> members * 8; // ENUM, FUNC_PROTO
      default -> 0;
    };
  }

  private static String string(ByteBuffer from, int at) {
    int end = at;
    while (from.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - at];
    from.get(at, bytes);
    return new String(bytes, US_ASCII);
  }
}
