// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.Table;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one capture holds.
 *
 * @param capture the capture, with the problems that reading it brought up
 * @param rows rows that could be read, of every table that the capture's format has
 * @param lacking files that were looked into and of which facts are missing, by the reason for it
 * @param programs distinct programs among the executions
 * @param top the most frequent programs, most frequent first, at most ten
 * @param activity what else the executions were
 */
public record Inspection(
    Capture capture,
    Map<Table, Long> rows,
    SortedMap<String, Long> lacking,
    long programs,
    List<Program> top,
    ActivityCounts activity) {

  /** Makes the collections immutable. */
  public Inspection {
    Map<Table, Long> copy = new EnumMap<>(Table.class);
    copy.putAll(rows);
    rows = Collections.unmodifiableMap(copy);
    lacking = Collections.unmodifiableSortedMap(new TreeMap<>(lacking));
    top = List.copyOf(top);
  }

  /** Executions that could be read. */
  public long executions() {
    return rows.get(Table.EXECS);
  }

  /**
   * How often a program ran.
   *
   * @param exe path of the program, null where it is not known
   * @param executions how often
   */
  public record Program(String exe, long executions) {}
}
