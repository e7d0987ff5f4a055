// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine has done so far, over all calls. No part of any result: it depends on the machine.
 * Every thread may tell and ask.
 */
public final class RunStatistics {
  private final Map<Table, Long> rows = new EnumMap<>(Table.class);
  private final Map<String, Long> ruleNs = new HashMap<>();
  private long segmentsRead;
  private long segmentsSkipped;
  private long bytesRead;
  private long bytesSkipped;
  private boolean countsBytes;

  RunStatistics() {}

  /** From now on bytes are counted, which takes a look at each file's footer. */
  public synchronized void countBytes() {
    countsBytes = true;
  }

  synchronized boolean countsBytes() {
    return countsBytes;
  }

  /**
   * How long a rule took.
   *
   * @param ns nanoseconds
   */
  public record RuleTime(String rule, long ns) {}

  /** A segment was read, whole or in part: so many bytes of so many. */
  synchronized void segment(Table table, long ofRows, long read, long size) {
    rows.merge(table, ofRows, Long::sum);
    segmentsRead++;
    bytesRead += read;
    bytesSkipped += size - read;
  }

  /** A segment was not read since nobody needed it. */
  synchronized void skipped(long size) {
    segmentsSkipped++;
    bytesSkipped += size;
  }

  /** A rule ran, or a part of it did. */
  synchronized void rule(String id, long ns) {
    ruleNs.merge(id, ns, Long::sum);
  }

  /** Executions that were read. */
  public synchronized long executions() {
    return rows.getOrDefault(Table.EXECS, 0L);
  }

  /** Rows of other tables that were read. */
  public synchronized long otherEvents() {
    return rows.values().stream().mapToLong(Long::longValue).sum() - executions();
  }

  /** Rules that ran. */
  public synchronized int rules() {
    return ruleNs.size();
  }

  /** The rules that took longest, longest first. */
  public synchronized List<RuleTime> slowest(int most) {
    List<RuleTime> times = new ArrayList<>();
    ruleNs.forEach((rule, ns) -> times.add(new RuleTime(rule, ns)));
    times.sort(Comparator.comparingLong(RuleTime::ns).reversed().thenComparing(RuleTime::rule));
    return times.stream().limit(most).toList();
  }

  public synchronized long segmentsRead() {
    return segmentsRead;
  }

  public synchronized long segmentsSkipped() {
    return segmentsSkipped;
  }

  /** Bytes of segments, compressed; nothing unless {@link #countBytes} was called. */
  public synchronized long bytesRead() {
    return bytesRead;
  }

  /** Bytes of segments, or of columns in them, that no rule needed; as {@link #bytesRead}. */
  public synchronized long bytesSkipped() {
    return bytesSkipped;
  }
}
