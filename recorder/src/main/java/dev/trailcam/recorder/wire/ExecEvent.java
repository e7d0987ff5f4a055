// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.recorder.wire.WireLayout.Event;
import dev.trailcam.recorder.wire.WireLayout.Field;
import dev.trailcam.recorder.wire.WireLayout.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An execution, or a process that was alive when recording began. */
public final class ExecEvent extends RingRecord {
  private final int filenameAt;
  private final int interpAt;
  private final int exeAt;
  private final int cwdAt;
  private final int cgroupAt;
  private final int envAt;
  private final int argvAt;
  private final int end;

  ExecEvent(ByteBuffer record, EventKind kind) throws MalformedRecordException {
    super(record, kind);
    check(size() >= Event.LAYOUT.bytes(), Header.SIZE, "cut off after " + size() + " bytes");
    long at = Event.LAYOUT.bytes() + u32(Event.ANCESTORS) * WireLayout.Ancestor.LAYOUT.bytes();
    check(at <= size(), Event.ANCESTORS, u32(Event.ANCESTORS) + " ancestors do not fit");
    filenameAt = (int) at;
    interpAt = section(filenameAt, Event.FILENAME_LEN);
    exeAt = section(interpAt, Event.INTERP_LEN);
    cwdAt = section(exeAt, Event.EXE_LEN);
    cgroupAt = section(cwdAt, Event.CWD_LEN);
    envAt = section(cgroupAt, Event.CGROUP_LEN);
    argvAt = section(envAt, Event.ENV_LEN);
    end = section(argvAt, Event.ARGV_LEN);
    check(end == size(), Event.ARGV_LEN, "the sections end at " + end + " of " + size());

    checkClosed(exeAt, cwdAt, Event.EXE_LEN);
    checkClosed(cwdAt, cgroupAt, Event.CWD_LEN);
    checkClosed(cgroupAt, envAt, Event.CGROUP_LEN);
    checkClosed(envAt, argvAt, Event.ENV_LEN);
    checkNumbers();
  }

  private void checkNumbers() throws MalformedRecordException {
    check(u32(Event.NS_PID) <= Integer.MAX_VALUE, Event.NS_PID, "pid out of range");
    check(u32(Event.ARGC) <= Integer.MAX_VALUE, Event.ARGC, "argc out of range");
    check(argvBytes() >= 0, Event.ARGV_BYTES, "argument bytes out of range");
    check(
        imageCpu(image()) == u32(Header.CPU),
        Header.IMAGE,
        "numbered by processor " + imageCpu(image()) + " on " + u32(Header.CPU));
    check(sequence() >= 0, Header.IMAGE, "without a number");
    check(
        u32(Event.ARGV_LEN) <= argvBytes() || flag(WireLayout.FLAG_MASKED),
        Event.ARGV_LEN,
        "more arguments than there ever were");
  }

  /** Number of the program on its processor, from 0. */
  public long sequence() {
    return imageSequence(image());
  }

  /** True size of the arguments, terminators included. */
  public long argvBytes() {
    return u64(Event.ARGV_BYTES);
  }

  public long capsEffective() {
    return u64(Event.CAPS_EFFECTIVE);
  }

  public long inode() {
    return u64(Event.INODE);
  }

  public int nsPid() {
    return (int) u32(Event.NS_PID);
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

  /** Size of the program's file, bytes. */
  public long fileSize() {
    return u64(Event.FILE_SIZE);
  }

  /** When the file's content changed, nanoseconds since 1970. */
  public long mtimeNs() {
    return u64(Event.MTIME_NS);
  }

  /** When the file's inode changed, nanoseconds since 1970. */
  public long ctimeNs() {
    return u64(Event.CTIME_NS);
  }

  /** Type of the file system, as in linux/magic.h. */
  public long fsMagic() {
    return u64(Event.FS_MAGIC);
  }

  /** Whether the file is in the upper layer of an overlay; null when it is on none. */
  public Boolean upperLayer() {
    return flag(WireLayout.FLAG_OVERLAY) ? (Boolean) flag(WireLayout.FLAG_UPPER) : null;
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

  public boolean memfd() {
    return flag(WireLayout.FLAG_MEMFD);
  }

  /** Controlling terminal; null without one. */
  public byte[] tty() {
    byte[] tty = text(Event.TTY);
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
      int at = Event.LAYOUT.bytes() + i * WireLayout.Ancestor.LAYOUT.bytes();
      ancestors.add(
          new Ancestor(
              buffer().getInt(at + WireLayout.Ancestor.PID.offset()),
              buffer().getLong(at + WireLayout.Ancestor.START_NS.offset()),
              buffer().getLong(at + WireLayout.Ancestor.IMAGE.offset()),
              new String(
                  text(at + WireLayout.Ancestor.COMM.offset(), WireLayout.Ancestor.COMM.size()),
                  UTF_8)));
    }
    return ancestors;
  }

  private Long unlessUnset(Field field) {
    return (int) u32(field) == WireLayout.UNSET ? null : (Long) u32(field);
  }

  private Long unlessZero(Field field) {
    return u32(field) == 0 ? null : (Long) u32(field);
  }
}
