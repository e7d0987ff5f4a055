// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import dev.trailcam.recorder.wire.WireLayout.Exit;
import dev.trailcam.recorder.wire.WireLayout.Header;
import java.nio.ByteBuffer;

/** The end of a process. */
public final class ProcessExit extends RingRecord {
  private static final int SIGNAL_MASK = 0x7f;
  private static final int CORE_DUMPED = 0x80;
  private static final int CODE_SHIFT = 8;
  private static final int CODE_MASK = 0xff;

  ProcessExit(ByteBuffer record) throws MalformedRecordException {
    super(record, EventKind.EXIT);
    check(size() == Exit.LAYOUT.bytes(), Header.SIZE, size() + " bytes");
    check(runNs() >= 0, Exit.RUN_NS, "time out of range");
    check(u64(Exit.USER_NS) >= 0, Exit.USER_NS, "time out of range");
    check(u64(Exit.SYSTEM_NS) >= 0, Exit.SYSTEM_NS, "time out of range");
  }

  /** Status it ended with, 0 to 255; null when a signal ended it. */
  public Integer code() {
    return signal() == null ? (Integer) ((int) u32(Exit.STATUS) >> CODE_SHIFT & CODE_MASK) : null;
  }

  /** Signal that ended it; null when it ended itself. */
  public Integer signal() {
    int signal = (int) u32(Exit.STATUS) & SIGNAL_MASK;
    return signal == 0 ? null : (Integer) signal;
  }

  public boolean coreDumped() {
    return (u32(Exit.STATUS) & CORE_DUMPED) != 0;
  }

  /** Time in user mode, nanoseconds; with {@link #systemCpuNs()} all of its processor time. */
  public long userCpuNs() {
    return runNs() - systemCpuNs();
  }

  /**
   * Time in the kernel, nanoseconds. The scheduler's exact sum is split in the proportion that the
   * ticks saw, as getrusage(2) does it (kernel/sched/cputime.c, cputime_adjust).
   */
  public long systemCpuNs() {
    double user = u64(Exit.USER_NS);
    double system = u64(Exit.SYSTEM_NS);
    return system == 0 ? 0 : Math.min(runNs(), Math.round(runNs() * (system / (user + system))));
  }

  private long runNs() {
    return u64(Exit.RUN_NS);
  }
}
