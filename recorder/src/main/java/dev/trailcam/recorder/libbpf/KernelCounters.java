// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

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
  static final int BYTES = 40;

  static List<KernelCounters> decode(ByteBuffer perCpu, int cpus) {
    List<KernelCounters> all = new ArrayList<>(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int at = cpu * BYTES;
      all.add(
          new KernelCounters(
              cpu,
              perCpu.getLong(at),
              perCpu.getLong(at + 8),
              perCpu.getLong(at + 16),
              perCpu.getLong(at + 24),
              perCpu.getLong(at + 32)));
    }
    return all;
  }
}
