// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

/** Numbers of system calls that the C library of an older distribution has no function for. */
final class SystemCalls {
  /** The same on every architecture. */
  static final long PIDFD_OPEN = 434;

  static final long CLOSE_RANGE = 436;

  static final long OPENAT2 = 437;

  // arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h
  private static final boolean AMD64 = System.getProperty("os.arch").equals("amd64");

  static final long MEMBARRIER = AMD64 ? 324 : 283;
  static final long IOPRIO_SET = AMD64 ? 251 : 30;

  private SystemCalls() {}
}
