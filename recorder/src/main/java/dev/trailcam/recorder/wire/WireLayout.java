// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the fields of the structures of {@code bpf/src/exec_event.h} are, in bytes. The decoder
 * reads through these constants, so a test that compares {@link #structures()} with the BTF of the
 * kernel program proves that both sides mean the same.
 */
public final class WireLayout {
  /** TC_WIRE_ABI. */
  public static final int ABI = 2;

  /** enum tc_flag: arguments were cut at the limit. */
  static final int FLAG_ARGV_CUT = 1;

  /** enum tc_flag: exe is a memfd. */
  static final int FLAG_MEMFD = 2;

  /** enum tc_flag: exe is on an overlay. */
  static final int FLAG_OVERLAY = 4;

  /** enum tc_flag: exe is in the upper layer of an overlay. */
  static final int FLAG_UPPER = 8;

  /** enum tc_flag: set by this side, when marks have taken the place of secrets. */
  static final int FLAG_MASKED = 16;

  /** TC_UNSET: nobody logged in. */
  static final int UNSET = 0xffffffff;

  private WireLayout() {}

  /**
   * A field of a structure.
   *
   * @param name in C
   * @param offset from the start of the structure, bytes
   * @param size bytes
   */
  public record Field(String name, int offset, int size) {}

  /** A structure of C, its fields one behind the other without a gap. */
  public static final class Structure {
    private final String name;
    private final List<Field> fields = new ArrayList<>();
    private int bytes;

    private Structure(String name) {
      this.name = name;
    }

    private Structure behindHeader() {
      next("header", Header.LAYOUT.bytes);
      return this;
    }

    private Field next(String field, int size) {
      fields.add(new Field(field, bytes, size));
      bytes += size;
      return fields.get(fields.size() - 1);
    }

    /** Its name in C. */
    public String name() {
      return name;
    }

    public List<Field> fields() {
      return List.copyOf(fields);
    }

    /** Its size. */
    public int bytes() {
      return bytes;
    }
  }

  /** All of them. */
  public static List<Structure> structures() {
    return List.of(
        Header.LAYOUT,
        Event.LAYOUT,
        Failed.LAYOUT,
        Exit.LAYOUT,
        Socket.LAYOUT,
        Ancestor.LAYOUT,
        Count.LAYOUT,
        Counters.LAYOUT);
  }

  /** What every record begins with. */
  static final class Header {
    static final Structure LAYOUT = new Structure("tc_header");
    static final Field ABI = LAYOUT.next("abi", 2);
    static final Field KIND = LAYOUT.next("kind", 2);
    static final Field SIZE = LAYOUT.next("size", 4);
    static final Field IMAGE = LAYOUT.next("image", 8);
    static final Field BOOT_NS = LAYOUT.next("boot_ns", 8);
    static final Field START_NS = LAYOUT.next("start_ns", 8);
    static final Field CPU = LAYOUT.next("cpu", 4);
    static final Field PID = LAYOUT.next("pid", 4);
    static final Field PPID = LAYOUT.next("ppid", 4);
    static final Field UID = LAYOUT.next("uid", 4);
    static final Field EUID = LAYOUT.next("euid", 4);
    static final Field FLAGS = LAYOUT.next("flags", 4);
    static final Field FAULTS = LAYOUT.next("faults", 4);
    static final Field MASKED = LAYOUT.next("masked", 4);
    static final Field COMM = LAYOUT.next("comm", 16);

    private Header() {}
  }

  /** {@link ExecEvent}. */
  static final class Event {
    static final Structure LAYOUT = new Structure("tc_event").behindHeader();
    static final Field ARGV_BYTES = LAYOUT.next("argv_bytes", 8);
    static final Field CAPS_EFFECTIVE = LAYOUT.next("caps_effective", 8);
    static final Field INODE = LAYOUT.next("inode", 8);
    static final Field FILE_SIZE = LAYOUT.next("file_size", 8);
    static final Field MTIME_NS = LAYOUT.next("mtime_ns", 8);
    static final Field CTIME_NS = LAYOUT.next("ctime_ns", 8);
    static final Field FS_MAGIC = LAYOUT.next("fs_magic", 8);
    static final Field NS_PID = LAYOUT.next("ns_pid", 4);
    static final Field GID = LAYOUT.next("gid", 4);
    static final Field LOGIN_UID = LAYOUT.next("login_uid", 4);
    static final Field SESSION_ID = LAYOUT.next("session_id", 4);
    static final Field ARGC = LAYOUT.next("argc", 4);
    static final Field DEV = LAYOUT.next("dev", 4);
    static final Field MODE = LAYOUT.next("mode", 4);
    static final Field NLINK = LAYOUT.next("nlink", 4);
    static final Field MNT_NS = LAYOUT.next("mnt_ns", 4);
    static final Field PID_NS = LAYOUT.next("pid_ns", 4);
    static final Field NET_NS = LAYOUT.next("net_ns", 4);
    static final Field USER_NS = LAYOUT.next("user_ns", 4);
    static final Field ANCESTORS = LAYOUT.next("ancestors", 4);
    static final Field FILENAME_LEN = LAYOUT.next("filename_len", 4);
    static final Field INTERP_LEN = LAYOUT.next("interp_len", 4);
    static final Field EXE_LEN = LAYOUT.next("exe_len", 4);
    static final Field CWD_LEN = LAYOUT.next("cwd_len", 4);
    static final Field CGROUP_LEN = LAYOUT.next("cgroup_len", 4);
    static final Field ENV_LEN = LAYOUT.next("env_len", 4);
    static final Field ARGV_LEN = LAYOUT.next("argv_len", 4);
    static final Field TTY = LAYOUT.next("tty", 64);

    private Event() {}
  }

  /** {@link FailedExec}. */
  static final class Failed {
    static final Structure LAYOUT = new Structure("tc_failed").behindHeader();
    static final Field ERROR = LAYOUT.next("error", 4);
    static final Field FILENAME_LEN = LAYOUT.next("filename_len", 4);
    static final Field CWD_LEN = LAYOUT.next("cwd_len", 4);
    static final Field ARGV_LEN = LAYOUT.next("argv_len", 4);

    private Failed() {}
  }

  /** {@link ProcessExit}. */
  static final class Exit {
    static final Structure LAYOUT = new Structure("tc_exit").behindHeader();
    static final Field RUN_NS = LAYOUT.next("run_ns", 8);
    static final Field USER_NS = LAYOUT.next("user_ns", 8);
    static final Field SYSTEM_NS = LAYOUT.next("system_ns", 8);
    static final Field STATUS = LAYOUT.next("status", 4);
    static final Field RESERVED = LAYOUT.next("reserved", 4);

    private Exit() {}
  }

  /** {@link RawSocket}. */
  static final class Socket {
    static final Structure LAYOUT = new Structure("tc_socket").behindHeader();
    static final Field ACTION = LAYOUT.next("action", 4);
    static final Field FAMILY = LAYOUT.next("family", 4);
    static final Field TYPE = LAYOUT.next("type", 4);
    static final Field PROTOCOL = LAYOUT.next("protocol", 4);
    static final Field ERROR = LAYOUT.next("error", 4);
    static final Field RESERVED = LAYOUT.next("reserved", 4);

    private Socket() {}
  }

  /** An entry of {@link ExecEvent#ancestors()}. */
  static final class Ancestor {
    static final Structure LAYOUT = new Structure("tc_ancestor");
    static final Field PID = LAYOUT.next("pid", 4);
    static final Field RESERVED = LAYOUT.next("reserved", 4);
    static final Field START_NS = LAYOUT.next("start_ns", 8);
    static final Field IMAGE = LAYOUT.next("image", 8);
    static final Field COMM = LAYOUT.next("comm", 16);

    private Ancestor() {}
  }

  /** What one processor counted of one kind; read from a map, not from the ring. */
  public static final class Count {
    public static final Structure LAYOUT = new Structure("tc_count");
    public static final Field SEEN = LAYOUT.next("seen", 8);
    public static final Field SUBMITTED = LAYOUT.next("submitted", 8);
    public static final Field RING_FULL = LAYOUT.next("ring_full", 8);
    public static final Field SCRATCH_BUSY = LAYOUT.next("scratch_busy", 8);

    private Count() {}
  }

  /** What one processor counted; {@code KINDS} holds a {@link Count} for each {@link EventKind}. */
  public static final class Counters {
    public static final Structure LAYOUT = new Structure("tc_counters");
    public static final Field KINDS = LAYOUT.next("kinds", 160);
    public static final Field UNTRACKED_FORK = LAYOUT.next("untracked_fork", 8);
    public static final Field RESERVED = LAYOUT.next("reserved", 24);

    private Counters() {}
  }
}
