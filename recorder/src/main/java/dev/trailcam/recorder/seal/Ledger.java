// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.spool.CountersFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The books of a recording: executed = recorded + lost, as far as it is sealed. */
final class Ledger {
  /** Per processor the first sequence number that no segment covers yet. */
  private final Map<Integer, Long> next = new HashMap<>();

  /** Per processor how many executions there were at the least. */
  private final Map<Integer, Long> executed = new HashMap<>();

  private final TreeMap<String, Long> losses = new TreeMap<>();
  private long rows;

  /** Takes over what a line of the manifest says. */
  void add(Segment segment) {
    if (segment.table().equals(Table.EXECS.filePrefix())) {
      rows += segment.rows();
    }
    if (segment.losses() != null) {
      segment.losses().forEach((cause, count) -> losses.merge(cause, count, Long::sum));
    }
    if (segment.sequences() != null) {
      for (SequenceRange range : segment.sequences()) {
        next.merge(range.cpu(), range.last() + 1, Math::max);
        executed.merge(range.cpu(), range.last() + 1, Math::max);
      }
    }
  }

  /** Takes over what the kernel program had counted. */
  void add(CountersFrame counters) {
    for (CountersFrame.Processor processor : counters.processors()) {
      executed.merge(processor.cpu(), processor.executed(), Math::max);
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
    Map<Integer, Long> most = new HashMap<>(executed);
    long accounted = rows + LossCause.executions(losses) + LossCause.executions(moreLosses);
    for (SequenceRange range : unsealed) {
      most.merge(range.cpu(), range.last() + 1, Math::max);
      accounted += range.recorded();
    }
    return most.values().stream().mapToLong(Long::longValue).sum() - accounted;
  }

  long rows() {
    return rows;
  }

  Map<String, Long> losses() {
    return Map.copyOf(losses);
  }
}
