// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import dev.trailcam.recorder.wire.WireLayout;
import dev.trailcam.recorder.wire.WireLayout.Counters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel program counted on one processor since it was loaded ({@code struct
 * tc_counters}). When the program is at rest, executed = submitted + ringFull + scratchBusy.
 *
 * @param executed executions in scope
 * @param submitted records it put into the ring
 * @param ringFull records that found no room in the ring
 * @param scratchBusy records it could not build, since it interrupted itself
 * @param untrackedFork forks whose child could not be marked as in scope
 */
public record KernelCounters(
    int cpu, long executed, long submitted, long ringFull, long scratchBusy, long untrackedFork) {

  /**
   * Decodes what the kernel hands over: one structure for each processor.
   *
   * @param perCpu in native byte order
   */
  static List<KernelCounters> decode(ByteBuffer perCpu, int cpus) {
    List<KernelCounters> all = new ArrayList<>(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      ByteBuffer one =
          perCpu
              .slice(cpu * WireLayout.COUNTERS_BYTES, WireLayout.COUNTERS_BYTES)
              .order(perCpu.order());
      all.add(
          new KernelCounters(
              cpu,
              one.getLong(Counters.EXECUTED.offset()),
              one.getLong(Counters.SUBMITTED.offset()),
              one.getLong(Counters.RING_FULL.offset()),
              one.getLong(Counters.SCRATCH_BUSY.offset()),
              one.getLong(Counters.UNTRACKED_FORK.offset())));
    }
    return all;
  }
}
