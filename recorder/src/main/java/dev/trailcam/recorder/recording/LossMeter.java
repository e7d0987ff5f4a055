// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.libbpf.KernelCounters;
import dev.trailcam.recorder.spool.LossFrame;
import dev.trailcam.recorder.wire.EventKind;
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
    before = IntStream.range(0, cpus).mapToObj(KernelCounters::none).toList();
    beforeBootNs = begunBootNs;
  }

  /** What was lost since the last reading, one entry for each processor, kind and cause. */
  List<LossFrame> advance(List<KernelCounters> now, long bootNs) {
    List<LossFrame> losses = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      KernelCounters a = before.get(i);
      KernelCounters b = now.get(i);
      for (EventKind kind : EventKind.values()) {
        KernelCounters.Count from = a.of(kind);
        KernelCounters.Count to = b.of(kind);
        long full = to.ringFull() - from.ringFull();
        long busy = to.scratchBusy() - from.scratchBusy();
        add(losses, b.cpu(), bootNs, kind, LossCause.RING_FULL, full);
        add(losses, b.cpu(), bootNs, kind, LossCause.SCRATCH_BUSY, busy);
      }
      long forks = b.untrackedFork() - a.untrackedFork();
      add(losses, b.cpu(), bootNs, EventKind.EXEC, LossCause.UNTRACKED_FORK, forks);
    }
    before = now;
    beforeBootNs = bootNs;
    return losses;
  }

  private void add(
      List<LossFrame> to, int cpu, long bootNs, EventKind kind, LossCause cause, long count) {
    if (count > 0) {
      to.add(new LossFrame(beforeBootNs, bootNs, cpu, kind, cause, count));
    }
  }
}
