// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static dev.trailcam.recorder.libbpf.SystemCallException.EINTR;
import static dev.trailcam.recorder.libbpf.SystemCallException.ENAMETOOLONG;
import static dev.trailcam.recorder.libbpf.SystemCallException.EPERM;
import static java.nio.charset.StandardCharsets.US_ASCII;

import jnr.ffi.Pointer;

/**
 * Opens files that somebody else chose, in two steps. {@link #locate} finds the file without
 * touching it; when the caller has made sure what it is, {@link FileHandle#openForReading} opens
 * that very file, whatever its path leads to by then. Its handles share its buffers: not
 * thread-safe.
 */
public final class FileOpener {
  /** The longest path the kernel takes: PATH_MAX without the NUL at its end. */
  public static final int MAX_PATH_BYTES = 4095;

  /** How much {@link FileHandle#read} reads at most. */
  public static final int MAX_READ_BYTES = 128 << 10;

  // include/uapi/asm-generic/fcntl.h; O_DIRECTORY, O_NOFOLLOW differ between architectures
  private static final boolean AMD64 = System.getProperty("os.arch").equals("amd64");
  private static final int O_RDONLY = 0;
  private static final int O_NONBLOCK = 04000;
  private static final int O_NOFOLLOW = AMD64 ? 0400000 : 0100000;
  private static final int O_NOATIME = 01000000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_PATH = 010000000;

  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_STATX_DONT_SYNC = 0x4000;
  private static final int STATX_BASIC_STATS = 0x7ff;

  // include/uapi/linux/openat2.h; RESOLVE_CACHED since Linux 5.12
  private static final int HOW_BYTES = 24;
  private static final int HOW_RESOLVE_AT = 16;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_CACHED = 0x20;

  // struct statx, include/uapi/linux/stat.h
  private static final int STATX_BYTES = 256;
  private static final int MODE_AT = 0x1c;
  private static final int INODE_AT = 0x20;
  private static final int SIZE_AT = 0x28;
  private static final int CTIME_SECONDS_AT = 0x60;
  private static final int CTIME_NANOS_AT = 0x68;
  private static final int DEV_MAJOR_AT = 0x88;
  private static final int DEV_MINOR_AT = 0x8c;

  private static final int MINOR_BITS = 20; // include/linux/kdev_t.h
  private static final long NANOS = 1_000_000_000L;

  private final Pointer path = Native.allocate(MAX_PATH_BYTES + 1L);
  private final Pointer how = Native.allocate(HOW_BYTES);
  private final Pointer statx = Native.allocate(STATX_BYTES);
  private final Pointer buffer = Native.allocate(MAX_READ_BYTES);

  /**
   * Finds what a path leads to, through no symbolic link, and only as far as the kernel's cache of
   * names goes: where it would have to ask a file system, this fails with EAGAIN. The handle can be
   * asked for its status and nothing else.
   *
   * @param name an absolute path without NUL
   */
  public FileHandle locate(byte[] name) throws SystemCallException {
    if (name.length > MAX_PATH_BYTES) {
      throw new SystemCallException("openat2", ENAMETOOLONG);
    }
    setPath(name);
    how.putLong(0, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    how.putLong(HOW_RESOLVE_AT, RESOLVE_CACHED | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
    long fd = Native.libc().syscall(SystemCalls.OPENAT2, AT_FDCWD, path, how, HOW_BYTES);
    return handle("openat2", fd);
  }

  FileHandle openForReading(int located) throws SystemCallException {
    setPath(("/proc/self/fd/" + located).getBytes(US_ASCII));
    // Without O_NONBLOCK it would wait until whoever holds a lease on the file gives it back.
    int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
    int fd = Native.libc().open(path, flags | O_NOATIME);
    if (fd < 0 && Native.errno() == EPERM) {
      fd = Native.libc().open(path, flags); // NOATIME is the owner's and CAP_FOWNER's
    }
    return handle("open", fd);
  }

  private FileHandle handle(String call, long fd) throws SystemCallException {
    if (fd < 0) {
      throw new SystemCallException(call, Native.errno());
    }
    return new FileHandle(this, (int) fd);
  }

  /** Asks for what the kernel has at hand, so that no file system is waited for. */
  FileStatus status(int fd) throws SystemCallException {
    path.putByte(0, (byte) 0);
    int flags = AT_EMPTY_PATH | AT_STATX_DONT_SYNC;
    if (Native.libc().statx(fd, path, flags, STATX_BASIC_STATS, statx) != 0) {
      throw new SystemCallException("statx", Native.errno());
    }
    long major = Integer.toUnsignedLong(statx.getInt(DEV_MAJOR_AT));
    long minor = Integer.toUnsignedLong(statx.getInt(DEV_MINOR_AT));
    return new FileStatus(
        Short.toUnsignedInt(statx.getShort(MODE_AT)),
        major << MINOR_BITS | minor,
        statx.getLong(INODE_AT),
        statx.getLong(SIZE_AT),
        statx.getLong(CTIME_SECONDS_AT) * NANOS + statx.getInt(CTIME_NANOS_AT));
  }

  int read(int fd, byte[] into, int length, long at) throws SystemCallException {
    long read;
    do {
      read = Native.libc().pread(fd, buffer, Math.min(length, MAX_READ_BYTES), at);
    } while (read < 0 && Native.errno() == EINTR);
    if (read < 0) {
      throw new SystemCallException("pread", Native.errno());
    }
    buffer.get(0, into, 0, (int) read);
    return (int) read;
  }

  private void setPath(byte[] bytes) {
    path.put(0, bytes, 0, bytes.length);
    path.putByte(bytes.length, (byte) 0);
  }
}
