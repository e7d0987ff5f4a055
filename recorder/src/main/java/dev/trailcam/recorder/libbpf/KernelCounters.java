// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import dev.trailcam.recorder.wire.EventKind;
import dev.trailcam.recorder.wire.WireLayout;
import dev.trailcam.recorder.wire.WireLayout.Counters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the kernel program counted on one processor since it was loaded ({@code struct
 * tc_counters}).
 *
 * @param kinds by {@link EventKind#ordinal()}
 * @param untrackedFork forks whose child could not be marked as in scope
 */
public record KernelCounters(int cpu, List<Count> kinds, long untrackedFork) {
  public KernelCounters {
    kinds = List.copyOf(kinds);
  }

  /**
   * The counters of one kind. When the program is at rest, seen = submitted + ringFull +
   * scratchBusy.
   *
   * @param seen events in scope
   * @param submitted records it put into the ring
   * @param ringFull records that found no room in the ring
   * @param scratchBusy records it could not build, since all areas for that were in use
   */
  public record Count(long seen, long submitted, long ringFull, long scratchBusy) {
    static final Count NONE = new Count(0, 0, 0, 0);
  }

  /** A processor that has counted nothing. */
  public static KernelCounters none(int cpu) {
    return new KernelCounters(cpu, Collections.nCopies(EventKind.values().length, Count.NONE), 0);
  }

  @SuppressWarnings("EnumOrdinal") // the kernel program counts in the order of its enum
  public Count of(EventKind kind) {
    return kinds.get(kind.ordinal());
  }

  /** Events of a kind that all processors counted. */
  public static long seen(List<KernelCounters> all, EventKind kind) {
    return all.stream().mapToLong(counters -> counters.of(kind).seen()).sum();
  }

  /**
   * Decodes what the kernel program counts in: one structure for each processor.
   *
   * @param perCpu in native byte order
   */
  static List<KernelCounters> decode(ByteBuffer perCpu, int cpus) {
    List<KernelCounters> all = new ArrayList<>(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int at = cpu * Counters.LAYOUT.bytes();
      List<Count> kinds = new ArrayList<>();
      for (int kind = 0; kind < EventKind.values().length; kind++) {
        kinds.add(
            count(perCpu, at + Counters.KINDS.offset() + kind * WireLayout.Count.LAYOUT.bytes()));
      }
      all.add(
          new KernelCounters(cpu, kinds, perCpu.getLong(at + Counters.UNTRACKED_FORK.offset())));
    }
    return all;
  }

  private static Count count(ByteBuffer in, int at) {
    return new Count(
        in.getLong(at + WireLayout.Count.SEEN.offset()),
        in.getLong(at + WireLayout.Count.SUBMITTED.offset()),
        in.getLong(at + WireLayout.Count.RING_FULL.offset()),
        in.getLong(at + WireLayout.Count.SCRATCH_BUSY.offset()));
  }
}
