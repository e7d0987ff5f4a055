// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import java.io.IOException;

/** A system call that failed. */
public final class SystemCallException extends IOException {
  private static final long serialVersionUID = 1;

  // include/uapi/asm-generic/errno-base.h, errno.h
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int ENOTDIR = 20;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;

  private final int errno;

  SystemCallException(String call, int errno) {
    super(call + ": " + Native.libc().strerror(errno));
    this.errno = errno;
  }

  /** Its number, as the constants here name some. */
  public int errno() {
    return errno;
  }
}
