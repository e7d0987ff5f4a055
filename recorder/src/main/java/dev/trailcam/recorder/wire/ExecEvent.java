// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.recorder.wire.WireLayout.Event;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One record of the ring, read in place. {@link #of} checks every length once, so no accessor can
 * leave the record. Text stays bytes: strangers chose it. The view is valid as long as the buffer
 * is.
 */
public final class ExecEvent {
  private static final long SEQUENCE_BITS = 48;
  private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

  private final ByteBuffer record;
  private final EventKind kind;
  private final int filenameAt;
  private final int interpAt;
  private final int exeAt;
  private final int cwdAt;
  private final int cgroupAt;
  private final int envAt;
  private final int argvAt;
  private final int end;

  private ExecEvent(ByteBuffer record) throws MalformedRecordException {
    this.record = record;
    int bytes = record.remaining();
    check(bytes >= Event.ABI.size, Event.ABI, "no room for the ABI number");
    int abi = u16(Event.ABI);
    check(abi == WireLayout.ABI, Event.ABI, "ABI " + abi + ", expected " + WireLayout.ABI);
    check(bytes >= WireLayout.EVENT_BYTES, Event.SIZE, "cut off after " + bytes + " bytes");
    check(u32(Event.SIZE) == bytes, Event.SIZE, u32(Event.SIZE) + " bytes said, " + bytes + " are");
    kind = EventKind.of(u16(Event.KIND));
    check(kind != null, Event.KIND, "unknown kind " + u16(Event.KIND));

    long at = WireLayout.EVENT_BYTES + u32(Event.ANCESTORS) * WireLayout.ANCESTOR_BYTES;
    check(at <= bytes, Event.ANCESTORS, u32(Event.ANCESTORS) + " ancestors do not fit");
    filenameAt = (int) at;
    interpAt = section(filenameAt, Event.FILENAME_LEN);
    exeAt = section(interpAt, Event.INTERP_LEN);
    cwdAt = section(exeAt, Event.EXE_LEN);
    cgroupAt = section(cwdAt, Event.CWD_LEN);
    envAt = section(cgroupAt, Event.CGROUP_LEN);
    argvAt = section(envAt, Event.ENV_LEN);
    end = section(argvAt, Event.ARGV_LEN);
    check(end == bytes, Event.ARGV_LEN, "the sections end at " + end + " of " + bytes);

    checkClosed(exeAt, cwdAt, Event.EXE_LEN);
    checkClosed(cwdAt, cgroupAt, Event.CWD_LEN);
    checkClosed(cgroupAt, envAt, Event.CGROUP_LEN);
    checkClosed(envAt, argvAt, Event.ENV_LEN);
    checkNumbers();
  }

  /**
   * Views the bytes between the buffer's position and limit, which stay where they are.
   *
   * @throws MalformedRecordException if they are not exactly one record of this ABI
   */
  public static ExecEvent of(ByteBuffer record) throws MalformedRecordException {
    return new ExecEvent(record.slice().order(ByteOrder.nativeOrder()));
  }

  private void checkNumbers() throws MalformedRecordException {
    check(u32(Event.PID) <= Integer.MAX_VALUE, Event.PID, "pid out of range");
    check(u32(Event.PPID) <= Integer.MAX_VALUE, Event.PPID, "pid out of range");
    check(u32(Event.NS_PID) <= Integer.MAX_VALUE, Event.NS_PID, "pid out of range");
    check(u32(Event.ARGC) <= Integer.MAX_VALUE, Event.ARGC, "argc out of range");
    check(argvBytes() >= 0, Event.ARGV_BYTES, "argument bytes out of range");
    check(bootNs() >= 0, Event.BOOT_NS, "time out of range");
    check(startNs() >= 0, Event.START_NS, "time out of range");
    check(
        kind != EventKind.EXEC || u32(Event.CPU) == image() >>> SEQUENCE_BITS,
        Event.IMAGE,
        "numbered by processor " + (image() >>> SEQUENCE_BITS) + " on " + u32(Event.CPU));
    check(
        kind != EventKind.EXEC || (image() & SEQUENCE_MASK) != 0, Event.IMAGE, "without a number");
    check(
        u32(Event.ARGV_LEN) <= argvBytes(), Event.ARGV_LEN, "more arguments than there ever were");
    check(
        (u32(Event.FAULTS) & ~ReadFault.KNOWN_BITS) == 0,
        Event.FAULTS,
        "unknown faults 0x" + Long.toHexString(u32(Event.FAULTS)));
  }

  private int section(int at, Event length) throws MalformedRecordException {
    long to = at + u32(length);
    check(to <= record.limit(), length, u32(length) + " bytes at " + at + " do not fit");
    return (int) to;
  }

  private void checkClosed(int from, int to, Event length) throws MalformedRecordException {
    check(from == to || record.get(to - 1) == 0, length, "the last part is not closed by NUL");
  }

  private static void check(boolean holds, Event where, String what)
      throws MalformedRecordException {
    if (!holds) {
      throw new MalformedRecordException(where.offset, where.name() + ": " + what);
    }
  }

  public EventKind kind() {
    return kind;
  }

  /** The program image this event creates: unique in a recording. */
  public long image() {
    return record.getLong(Event.IMAGE.offset);
  }

  /** Number of the execution on its processor, from 0; only {@link EventKind#EXEC} has one. */
  public long sequence() {
    return (image() & SEQUENCE_MASK) - 1;
  }

  /**
   * The image that an execution created; 0, which means not known, is none.
   *
   * @param sequence number of the execution on its processor, from 0
   */
  public static long image(int cpu, long sequence) {
    return (long) cpu << SEQUENCE_BITS | (sequence + 1);
  }

  /** Nanoseconds since boot (CLOCK_BOOTTIME). */
  public long bootNs() {
    return record.getLong(Event.BOOT_NS.offset);
  }

  /** When the process was forked, nanoseconds since boot. */
  public long startNs() {
    return record.getLong(Event.START_NS.offset);
  }

  /** True size of the arguments, terminators included. */
  public long argvBytes() {
    return record.getLong(Event.ARGV_BYTES.offset);
  }

  public long capsEffective() {
    return record.getLong(Event.CAPS_EFFECTIVE.offset);
  }

  public long inode() {
    return record.getLong(Event.INODE.offset);
  }

  public int cpu() {
    return (int) u32(Event.CPU);
  }

  public int pid() {
    return (int) u32(Event.PID);
  }

  public int ppid() {
    return (int) u32(Event.PPID);
  }

  public int nsPid() {
    return (int) u32(Event.NS_PID);
  }

  public long uid() {
    return u32(Event.UID);
  }

  public long euid() {
    return u32(Event.EUID);
  }

  public long gid() {
    return u32(Event.GID);
  }

  /** Null where nobody logged in. */
  public Long loginUid() {
    return unlessUnset(Event.LOGIN_UID);
  }

  /** Null where nobody logged in. */
  public Long sessionId() {
    return unlessUnset(Event.SESSION_ID);
  }

  /** True number of arguments; 0 when unknown. */
  public int argc() {
    return (int) u32(Event.ARGC);
  }

  /** Whether the program's file is known; without it its device, inode, mode and links are not. */
  public boolean fileKnown() {
    // A file that can be executed has its type in its mode.
    return u32(Event.MODE) != 0;
  }

  /** Major number, shifted left by 20, and minor number. */
  public long dev() {
    return u32(Event.DEV);
  }

  public int mode() {
    return (int) u32(Event.MODE);
  }

  public long nlink() {
    return u32(Event.NLINK);
  }

  /** Null when not known, as the other namespaces. */
  public Long mntNs() {
    return unlessZero(Event.MNT_NS);
  }

  public Long pidNs() {
    return unlessZero(Event.PID_NS);
  }

  public Long netNs() {
    return unlessZero(Event.NET_NS);
  }

  public Long userNs() {
    return unlessZero(Event.USER_NS);
  }

  public boolean argvCut() {
    return (u32(Event.FLAGS) & WireLayout.FLAG_ARGV_CUT) != 0;
  }

  public boolean memfd() {
    return (u32(Event.FLAGS) & WireLayout.FLAG_MEMFD) != 0;
  }

  /** What could not be read, or not whole. */
  public List<ReadFault> faults() {
    return ReadFault.of((int) u32(Event.FAULTS));
  }

  public byte[] comm() {
    return text(Event.COMM.offset, Event.COMM.size);
  }

  /** Controlling terminal; null without one. */
  public byte[] tty() {
    byte[] tty = text(Event.TTY.offset, Event.TTY.size);
    return tty.length == 0 ? null : tty;
  }

  /** As passed to exec; null when not known. */
  public byte[] filename() {
    return unlessEmpty(bytes(filenameAt, interpAt));
  }

  /** The file the kernel ran for it; null when not known. */
  public byte[] interp() {
    return unlessEmpty(bytes(interpAt, exeAt));
  }

  /** Absolute path; null when not known. When faulted it lacks its beginning, the slash too. */
  public byte[] exe() {
    return WirePath.join(bytes(exeAt, cwdAt), !faulted(ReadFault.EXE));
  }

  /**
   * Last component of {@link #exe()}, also where that component holds a slash, as a memfd's may.
   */
  public byte[] exeName() {
    return WirePath.leaf(bytes(exeAt, cwdAt));
  }

  /** Absolute path; null when not known. */
  public byte[] cwd() {
    return WirePath.join(bytes(cwdAt, cgroupAt), !faulted(ReadFault.CWD));
  }

  /** Absolute path in the unified hierarchy; null when not known. */
  public byte[] cgroup() {
    return WirePath.join(bytes(cgroupAt, envAt), !faulted(ReadFault.CGROUP));
  }

  /** Names of selected environment variables; null when none could be read. */
  public List<byte[]> envNames() {
    return envAt == argvAt && faulted(ReadFault.ENV_NAMES) ? null : parts(envAt, argvAt);
  }

  /** Arguments; null when they could not be read. When cut, the last one may be a part. */
  public List<byte[]> argv() {
    return faulted(ReadFault.ARGV) ? null : parts(argvAt, end);
  }

  /** Nearest first. */
  public List<Ancestor> ancestors() {
    int count = (int) u32(Event.ANCESTORS);
    List<Ancestor> ancestors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = WireLayout.EVENT_BYTES + i * WireLayout.ANCESTOR_BYTES;
      ancestors.add(
          new Ancestor(
              record.getInt(at + WireLayout.Ancestor.PID.offset),
              record.getLong(at + WireLayout.Ancestor.START_NS.offset),
              record.getLong(at + WireLayout.Ancestor.IMAGE.offset),
              new String(
                  text(at + WireLayout.Ancestor.COMM.offset, WireLayout.Ancestor.COMM.size),
                  UTF_8)));
    }
    return ancestors;
  }

  private boolean faulted(ReadFault fault) {
    return (u32(Event.FAULTS) & fault.bit()) != 0;
  }

  private int u16(Event field) {
    return Short.toUnsignedInt(record.getShort(field.offset));
  }

  private long u32(Event field) {
    return Integer.toUnsignedLong(record.getInt(field.offset));
  }

  private Long unlessUnset(Event field) {
    return record.getInt(field.offset) == WireLayout.UNSET ? null : (Long) u32(field);
  }

  private Long unlessZero(Event field) {
    return record.getInt(field.offset) == 0 ? null : (Long) u32(field);
  }

  private static byte[] unlessEmpty(byte[] text) {
    return text.length == 0 ? null : text;
  }

  private byte[] bytes(int from, int to) {
    byte[] copy = new byte[to - from];
    record.get(from, copy);
    return copy;
  }

  private byte[] text(int at, int size) {
    byte[] field = bytes(at, at + size);
    int length = 0;
    while (length < size && field[length] != 0) {
      length++;
    }
    return Arrays.copyOf(field, length);
  }

  private List<byte[]> parts(int from, int to) {
    byte[] section = bytes(from, to);
    List<byte[]> parts = new ArrayList<>();
    for (int start = 0; start < section.length; ) {
      int stop = start;
      while (stop < section.length && section[stop] != 0) {
        stop++;
      }
      parts.add(Arrays.copyOfRange(section, start, stop));
      start = stop + 1;
    }
    return parts;
  }
}
