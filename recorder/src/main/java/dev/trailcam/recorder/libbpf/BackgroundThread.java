// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import jnr.ffi.Pointer;

/**
 * Makes a thread stand back behind what the machine is there for. On Linux all three of these are
 * properties of one thread, not of the process (sched(7), ioprio_set(2)), and a thread that it
 * starts later inherits them.
 */
public final class BackgroundThread {
  // include/uapi/linux/resource.h, sched.h, ioprio.h
  private static final int PRIO_PROCESS = 0;
  private static final int SCHED_BATCH = 3;
  private static final int IOPRIO_WHO_PROCESS = 1;
  private static final int IOPRIO_BEST_EFFORT_LOWEST = 2 << 13 | 7;

  private static final int CALLING_THREAD = 0;
  private static final int NICE = 19;

  private BackgroundThread() {}

  /**
   * Lowers the calling thread: nice 19, batch scheduling, the lowest best-effort level of disk
   * access. There is no way back without CAP_SYS_NICE. A sandbox that refuses any of it leaves the
   * thread as it is: being polite is no reason to record nothing.
   */
  public static void enter() {
    LibC libc = Native.libc();
    Pointer noPriority = Native.allocate(Integer.BYTES);
    libc.sched_setscheduler(CALLING_THREAD, SCHED_BATCH, noPriority);
    libc.setpriority(PRIO_PROCESS, CALLING_THREAD, NICE);
    libc.syscall(
        SystemCalls.IOPRIO_SET, IOPRIO_WHO_PROCESS, CALLING_THREAD, IOPRIO_BEST_EFFORT_LOWEST);
  }
}
