// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the rows of {@code losses} say, in little memory however many there are. */
public final class LossLedger {
  private final Map<String, Spans> spans = new HashMap<>();
  private final Map<String, Map<String, Long>> totals = new HashMap<>();

  /**
   * Takes one loss. Those of a capture must come sorted by {@code fromNs}.
   *
   * @param fromNs start of the interval in nanoseconds since 1970
   * @param toNs its end; not used where it is before the start
   * @param table SQL name of the table whose rows were lost
   * @param cause why, from a small set of words
   * @param count rows, from 1
   */
  public void add(
      String captureId, long fromNs, long toNs, String table, String cause, long count) {
    spans
        .computeIfAbsent(captureId, id -> new Spans())
        .add(Span.counted(fromNs, toNs, Map.of(table, count), Set.of(cause)));
    totals.computeIfAbsent(captureId, id -> new TreeMap<>()).merge(table, count, Span::sum);
  }

  List<Span> spans(String captureId) {
    Spans found = spans.get(captureId);
    return found == null ? List.of() : found.list();
  }

  /** Rows lost of a table. */
  long total(String captureId, String table) {
    return totals.getOrDefault(captureId, Map.of()).getOrDefault(table, 0L);
  }
}
