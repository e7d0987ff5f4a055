// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.recorder.wire.WireLayout.Field;
import dev.trailcam.recorder.wire.WireLayout.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * One record of the ring, read in place. {@link #of} checks every length once, so no accessor can
 * leave the record. Text stays bytes: strangers chose it. The view is valid as long as the buffer
 * is. What every record tells stands here: who did it, and when.
 */
public abstract sealed class RingRecord permits ExecEvent, FailedExec, ProcessExit, RawSocket {
  private static final int CPU_SHIFT = 48;
  private static final long SEQUENCE_MASK = (1L << CPU_SHIFT) - 1;

  private final ByteBuffer record;
  private final EventKind kind;

  RingRecord(ByteBuffer record, EventKind kind) throws MalformedRecordException {
    this.record = record;
    this.kind = kind;
    check(u32(Header.PID) <= Integer.MAX_VALUE, Header.PID, "pid out of range");
    check(u32(Header.PPID) <= Integer.MAX_VALUE, Header.PPID, "pid out of range");
    check(bootNs() >= 0, Header.BOOT_NS, "time out of range");
    check(startNs() >= 0, Header.START_NS, "time out of range");
    check(
        (u32(Header.FAULTS) & ~ReadFault.KNOWN_BITS) == 0,
        Header.FAULTS,
        "unknown faults 0x" + Long.toHexString(u32(Header.FAULTS)));
  }

  /**
   * Views the bytes between the buffer's position and limit, which stay where they are.
   *
   * @throws MalformedRecordException if they are not exactly one record of this ABI
   */
  public static RingRecord of(ByteBuffer bytes) throws MalformedRecordException {
    ByteBuffer record = bytes.slice().order(ByteOrder.nativeOrder());
    int size = record.remaining();
    check(size >= Header.ABI.size(), Header.ABI, "no room for the ABI number");
    int abi = Short.toUnsignedInt(record.getShort(Header.ABI.offset()));
    check(abi == WireLayout.ABI, Header.ABI, "ABI " + abi + ", expected " + WireLayout.ABI);
    check(size >= Header.LAYOUT.bytes(), Header.SIZE, "cut off after " + size + " bytes");
    long said = Integer.toUnsignedLong(record.getInt(Header.SIZE.offset()));
    check(said == size, Header.SIZE, said + " bytes said, " + size + " are");
    int code = Short.toUnsignedInt(record.getShort(Header.KIND.offset()));
    EventKind kind = EventKind.of(code);
    if (kind == null) {
      throw new MalformedRecordException(Header.KIND.offset(), "kind: unknown kind " + code);
    }
    return switch (kind) {
      case EXEC, PROCESS -> new ExecEvent(record, kind);
      case EXIT -> new ProcessExit(record);
      case FAILED -> new FailedExec(record);
      case SOCKET -> new RawSocket(record);
    };
  }

  public EventKind kind() {
    return kind;
  }

  /**
   * The program image this event creates, unique in a recording; for other events than executions
   * the one the process was running. 0 when not known.
   */
  public long image() {
    return record.getLong(Header.IMAGE.offset());
  }

  /** The processor that numbered an image. */
  public static int imageCpu(long image) {
    return (int) (image >>> CPU_SHIFT);
  }

  /** The number of an image on its processor, from 0; -1 for the image that is not known. */
  public static long imageSequence(long image) {
    return (image & SEQUENCE_MASK) - 1;
  }

  /**
   * The image that an execution created; 0, which means not known, is none.
   *
   * @param sequence number of the execution on its processor, from 0
   */
  public static long image(int cpu, long sequence) {
    return (long) cpu << CPU_SHIFT | (sequence + 1);
  }

  /** Nanoseconds since boot (CLOCK_BOOTTIME). */
  public long bootNs() {
    return record.getLong(Header.BOOT_NS.offset());
  }

  /** When the process was forked, nanoseconds since boot. */
  public long startNs() {
    return record.getLong(Header.START_NS.offset());
  }

  /** The processor it happened on; for a process that was alive before, none. */
  public int cpu() {
    return (int) u32(Header.CPU);
  }

  public int pid() {
    return (int) u32(Header.PID);
  }

  public int ppid() {
    return (int) u32(Header.PPID);
  }

  public long uid() {
    return u32(Header.UID);
  }

  public long euid() {
    return u32(Header.EUID);
  }

  public byte[] comm() {
    return text(Header.COMM);
  }

  /** What could not be read, or not whole. */
  public List<ReadFault> faults() {
    return ReadFault.of((int) u32(Header.FAULTS));
  }

  public boolean argvCut() {
    return flag(WireLayout.FLAG_ARGV_CUT);
  }

  /** How many arguments hold a mark instead of a secret. */
  public int masked() {
    return record.getInt(Header.MASKED.offset());
  }

  final boolean flag(int flag) {
    return (u32(Header.FLAGS) & flag) != 0;
  }

  final boolean faulted(ReadFault fault) {
    return (u32(Header.FAULTS) & fault.bit()) != 0;
  }

  final int size() {
    return record.limit();
  }

  final long u32(Field field) {
    return Integer.toUnsignedLong(record.getInt(field.offset()));
  }

  final long u64(Field field) {
    return record.getLong(field.offset());
  }

  final ByteBuffer buffer() {
    return record;
  }

  final byte[] bytes(int from, int to) {
    byte[] copy = new byte[to - from];
    record.get(from, copy);
    return copy;
  }

  /** A field of fixed size, up to its first NUL. */
  final byte[] text(Field field) {
    return text(field.offset(), field.size());
  }

  final byte[] text(int at, int size) {
    byte[] field = bytes(at, at + size);
    int length = 0;
    while (length < size && field[length] != 0) {
      length++;
    }
    return Arrays.copyOf(field, length);
  }

  /** The parts of a section, each closed by NUL but perhaps the last. */
  final List<byte[]> parts(int from, int to) {
    return Arguments.split(record.slice(from, to - from));
  }

  /** Where a section of that length ends. */
  final int section(int at, Field length) throws MalformedRecordException {
    long to = at + u32(length);
    check(to <= record.limit(), length, u32(length) + " bytes at " + at + " do not fit");
    return (int) to;
  }

  final void checkClosed(int from, int to, Field length) throws MalformedRecordException {
    check(from == to || record.get(to - 1) == 0, length, "the last part is not closed by NUL");
  }

  static void check(boolean holds, Field where, String what) throws MalformedRecordException {
    if (!holds) {
      throw new MalformedRecordException(where.offset(), where.name() + ": " + what);
    }
  }

  static byte[] unlessEmpty(byte[] text) {
    return text.length == 0 ? null : text;
  }
}
