// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import dev.trailcam.capture.ClockReading;
import jnr.ffi.Pointer;

/** The kernel's clocks. Java itself cannot read CLOCK_BOOTTIME. */
public final class SystemClocks {
  // include/uapi/linux/time.h
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_BOOTTIME = 7;
  private static final long NANOS = 1_000_000_000L;

  // include/uapi/linux/timex.h; all zero asks and sets nothing
  private static final int TIMEX_BYTES = 256;
  private static final int TIME_ERROR = 5;

  private final Pointer timespec = Native.allocate(16);

  /** Reads all three, one right after the other. */
  public ClockReading read() {
    long boot = read(CLOCK_BOOTTIME);
    long monotonic = read(CLOCK_MONOTONIC);
    long real = read(CLOCK_REALTIME);
    return new ClockReading(boot, monotonic, real);
  }

  /** Whether something keeps the wall clock right, as far as the kernel knows. */
  public static boolean synchronised() {
    return Native.libc().adjtimex(Native.allocate(TIMEX_BYTES)) != TIME_ERROR;
  }

  private long read(int clock) {
    if (Native.libc().clock_gettime(clock, timespec) != 0) {
      throw new IllegalStateException("clock " + clock + " cannot be read");
    }
    return timespec.getLong(0) * NANOS + timespec.getLong(8);
  }
}
