// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import jnr.ffi.Pointer;

/** Descriptors of this process, where Java has no word for them. */
public final class Descriptors {
  private static final int FIRST_OWN = 3;
  private static final int ALL = -1;
  private static final int F_SETFD = 2;

  // include/uapi/linux/close_range.h
  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private Descriptors() {}

  /**
   * Keeps whatever this process executes or starts from inheriting any descriptor that is open now
   * but standard input, output and error. The JVM leaves those of its jars open to them.
   */
  public static void keepToThisProgram() {
    Native.libc().syscall(SystemCalls.CLOSE_RANGE, FIRST_OWN, ALL, CLOSE_RANGE_CLOEXEC);
  }

  /** Lets what this process executes inherit one of them all the same. */
  public static void passOn(int descriptor) {
    Native.libc().fcntl(descriptor, F_SETFD, 0);
  }

  /**
   * A pipe that holds these bytes.
   *
   * @param bytes fewer than a pipe holds, which is 4096 or more
   * @return the end to read from; it stays open when another program is executed
   */
  public static int holding(byte[] bytes) {
    Pointer ends = Native.allocate(2 * Integer.BYTES);
    if (Native.libc().pipe(ends) != 0) {
      throw new IllegalStateException("no pipe: " + Native.libc().strerror(Native.errno()));
    }
    Pointer from = Native.allocate(Math.max(1, bytes.length));
    from.put(0, bytes, 0, bytes.length);
    long written = Native.libc().write(ends.getInt(Integer.BYTES), from, bytes.length);
    Native.libc().close(ends.getInt(Integer.BYTES));
    if (written != bytes.length) {
      throw new IllegalStateException("a pipe took " + written + " of " + bytes.length + " bytes");
    }
    return ends.getInt(0);
  }

  /** Reads what {@link #holding} put into a pipe, and closes it. */
  public static byte[] readAll(int pipe, int bytes) {
    Pointer to = Native.allocate(Math.max(1, bytes));
    long got = Native.libc().read(pipe, to, bytes);
    Native.libc().close(pipe);
    if (got != bytes) {
      throw new IllegalStateException("a pipe held " + got + " of " + bytes + " bytes");
    }
    byte[] content = new byte[bytes];
    to.get(0, content, 0, bytes);
    return content;
  }
}
