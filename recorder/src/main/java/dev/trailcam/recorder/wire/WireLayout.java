// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Offsets and sizes of the structures of {@code bpf/src/exec_event.h}, in bytes. The decoder reads
 * through these constants, so a test that compares {@link #event()}, {@link #ancestor()} and {@link
 * #counters()} with the BTF of the kernel program proves that both sides mean the same.
 */
public final class WireLayout {
  /** TC_WIRE_ABI. */
  public static final int ABI = 1;

  /** sizeof(struct tc_event). */
  public static final int EVENT_BYTES = 248;

  /** sizeof(struct tc_ancestor). */
  public static final int ANCESTOR_BYTES = 40;

  /** sizeof(struct tc_counters). */
  public static final int COUNTERS_BYTES = 40;

  /** enum tc_flag: arguments were cut at the limit. */
  static final int FLAG_ARGV_CUT = 1;

  /** enum tc_flag: exe is a memfd. */
  static final int FLAG_MEMFD = 2;

  /** TC_UNSET: nobody logged in. */
  static final int UNSET = 0xffffffff;

  private WireLayout() {}

  /**
   * A field of a structure.
   *
   * @param offset from the start of the structure, bytes
   * @param size bytes
   */
  public record Field(int offset, int size) {}

  /** struct tc_event, by the names of its fields in C. */
  public static Map<String, Field> event() {
    return fields(Event.values(), field -> new Field(field.offset, field.size));
  }

  /** struct tc_ancestor, by the names of its fields in C. */
  public static Map<String, Field> ancestor() {
    return fields(Ancestor.values(), field -> new Field(field.offset, field.size));
  }

  /** struct tc_counters, by the names of its fields in C. */
  public static Map<String, Field> counters() {
    return fields(Counters.values(), field -> new Field(field.offset, field.size));
  }

  private static <E extends Enum<E>> Map<String, Field> fields(E[] all, Function<E, Field> field) {
    return Arrays.stream(all)
        .collect(
            Collectors.toMap(
                constant -> constant.name().toLowerCase(Locale.ROOT),
                field,
                (a, b) -> a,
                LinkedHashMap::new));
  }

  enum Event {
    ABI(0, 2),
    KIND(2, 2),
    SIZE(4, 4),
    IMAGE(8, 8),
    BOOT_NS(16, 8),
    START_NS(24, 8),
    ARGV_BYTES(32, 8),
    CAPS_EFFECTIVE(40, 8),
    INODE(48, 8),
    CPU(56, 4),
    FLAGS(60, 4),
    FAULTS(64, 4),
    PID(68, 4),
    PPID(72, 4),
    NS_PID(76, 4),
    UID(80, 4),
    EUID(84, 4),
    GID(88, 4),
    LOGIN_UID(92, 4),
    SESSION_ID(96, 4),
    ARGC(100, 4),
    DEV(104, 4),
    MODE(108, 4),
    NLINK(112, 4),
    MNT_NS(116, 4),
    PID_NS(120, 4),
    NET_NS(124, 4),
    USER_NS(128, 4),
    ANCESTORS(132, 4),
    FILENAME_LEN(136, 4),
    INTERP_LEN(140, 4),
    EXE_LEN(144, 4),
    CWD_LEN(148, 4),
    CGROUP_LEN(152, 4),
    ENV_LEN(156, 4),
    ARGV_LEN(160, 4),
    RESERVED(164, 4),
    COMM(168, 16),
    TTY(184, 64);

    final int offset;
    final int size;

    Event(int offset, int size) {
      this.offset = offset;
      this.size = size;
    }
  }

  enum Ancestor {
    PID(0, 4),
    RESERVED(4, 4),
    START_NS(8, 8),
    IMAGE(16, 8),
    COMM(24, 16);

    final int offset;
    final int size;

    Ancestor(int offset, int size) {
      this.offset = offset;
      this.size = size;
    }
  }

  /** One processor's counters; the collector reads them from a map, not from the ring. */
  public enum Counters {
    EXECUTED(0, 8),
    SUBMITTED(8, 8),
    RING_FULL(16, 8),
    SCRATCH_BUSY(24, 8),
    UNTRACKED_FORK(32, 8);

    private final int offset;
    private final int size;

    Counters(int offset, int size) {
      this.offset = offset;
      this.size = size;
    }

    /** Bytes from the start of the structure. */
    public int offset() {
      return offset;
    }
  }
}
