// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.libbpf.KernelCounters;
import dev.trailcam.recorder.spool.LossFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Turns the kernel's running totals into losses between two readings. Not thread-safe. */
final class LossMeter {
  private List<KernelCounters> before;
  private long beforeBootNs;

  /**
   * @param begunBootNs when the kernel program, with all totals at zero, began
   */
  LossMeter(int cpus, long begunBootNs) {
    before =
        IntStream.range(0, cpus).mapToObj(cpu -> new KernelCounters(cpu, 0, 0, 0, 0, 0)).toList();
    beforeBootNs = begunBootNs;
  }

  /** What was lost since the last reading, one entry for each processor and cause. */
  List<LossFrame> advance(List<KernelCounters> now, long bootNs) {
    List<LossFrame> losses = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      KernelCounters a = before.get(i);
      KernelCounters b = now.get(i);
      add(losses, b.cpu(), bootNs, LossCause.RING_FULL, b.ringFull() - a.ringFull());
      add(losses, b.cpu(), bootNs, LossCause.SCRATCH_BUSY, b.scratchBusy() - a.scratchBusy());
      add(losses, b.cpu(), bootNs, LossCause.UNTRACKED_FORK, b.untrackedFork() - a.untrackedFork());
    }
    before = now;
    beforeBootNs = bootNs;
    return losses;
  }

  private void add(List<LossFrame> to, int cpu, long bootNs, LossCause cause, long count) {
    if (count > 0) {
      to.add(new LossFrame(beforeBootNs, bootNs, cpu, cause, count));
    }
  }
}
