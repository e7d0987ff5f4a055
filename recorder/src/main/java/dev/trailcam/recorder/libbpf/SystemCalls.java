// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

/** Numbers of system calls that the C library of an older distribution has no function for. */
final class SystemCalls {
  /** The same on every architecture. */
  static final long PIDFD_OPEN = 434;

  // arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h
  static final long MEMBARRIER = System.getProperty("os.arch").equals("amd64") ? 324 : 283;

  private SystemCalls() {}
}
