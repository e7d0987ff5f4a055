// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.spool.CountersFrame;
import dev.trailcam.recorder.wire.EventKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The books of a recording: seen = recorded + lost, for each kind, as far as it is sealed. */
final class Ledger {
  /** Per processor the first sequence number that no segment covers yet. */
  private final Map<Integer, Long> next = new HashMap<>();

  /** Per kind and processor how many events there were at the least. */
  private final Map<EventKind, Map<Integer, Long>> seen = new EnumMap<>(EventKind.class);

  private final Map<String, Long> rows = new HashMap<>();
  private final TreeMap<String, Long> losses = new TreeMap<>();
  private final TreeMap<String, Long> lostEvents = new TreeMap<>();

  Ledger() {
    for (EventKind kind : EventKind.values()) {
      seen.put(kind, new HashMap<>());
    }
  }

  /** Takes over what a line of the manifest says. */
  void add(Segment segment) {
    rows.merge(segment.table(), segment.rows(), Long::sum);
    merge(losses, segment.losses());
    merge(lostEvents, segment.lostEvents());
    if (segment.sequences() != null) {
      for (SequenceRange range : segment.sequences()) {
        next.merge(range.cpu(), range.last() + 1, Math::max);
        seen.get(EventKind.EXEC).merge(range.cpu(), range.last() + 1, Math::max);
      }
    }
  }

  private static void merge(Map<String, Long> into, Map<String, Long> more) {
    if (more != null) {
      more.forEach((key, count) -> into.merge(key, count, Long::sum));
    }
  }

  /** Takes over what the kernel program had counted. */
  void add(CountersFrame counters) {
    for (CountersFrame.Count count : counters.counts()) {
      seen.get(count.kind()).merge(count.cpu(), count.seen(), Math::max);
    }
  }

  /** Per processor the numbers from the last segment's end to the last of these executions. */
  List<SequenceRange> ranges(List<SpoolIndex.Place> executions) {
    Map<Integer, long[]> byCpu = new TreeMap<>();
    for (SpoolIndex.Place place : executions) {
      long[] range =
          byCpu.computeIfAbsent(place.cpu(), cpu -> new long[] {next.getOrDefault(cpu, 0L), 0, 0});
      range[0] = Math.min(range[0], place.sequence());
      range[1] = Math.max(range[1], place.sequence());
      range[2]++;
    }
    List<SequenceRange> ranges = new ArrayList<>();
    byCpu.forEach((cpu, range) -> ranges.add(new SequenceRange(cpu, range[0], range[1], range[2])));
    return ranges;
  }

  /**
   * Executions that must have happened and that neither a row nor a loss accounts for.
   *
   * @param unsealed rows that are not sealed yet, by processor
   * @param moreLosses losses that are not sealed yet
   */
  long missing(List<SequenceRange> unsealed, Map<String, Long> moreLosses) {
    Map<Integer, Long> most = new HashMap<>(seen.get(EventKind.EXEC));
    long accounted =
        rows(Table.EXECS) + LossCause.executions(losses) + LossCause.executions(moreLosses);
    for (SequenceRange range : unsealed) {
      most.merge(range.cpu(), range.last() + 1, Math::max);
      accounted += range.recorded();
    }
    return sum(most) - accounted;
  }

  /**
   * The same for events of another kind.
   *
   * @param unsealed rows that are not sealed yet
   * @param moreLosses losses that are not sealed yet
   */
  long missing(EventKind kind, long unsealed, long moreLosses) {
    return sum(seen.get(kind)) - rows(kind.table()) - lost(kind) - unsealed - moreLosses;
  }

  private static long sum(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long rows(Table table) {
    return rows.getOrDefault(table.filePrefix(), 0L);
  }

  /** Executions lost, by cause. */
  Map<String, Long> losses() {
    return Map.copyOf(losses);
  }

  /** Events of another kind that were lost. */
  long lost(EventKind kind) {
    return lostEvents.getOrDefault(kind.table().filePrefix(), 0L);
  }
}
