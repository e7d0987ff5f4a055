// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.rules.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The findings of a hunt, as far as somebody asked for them.
 *
 * @param counts those that nobody suppresses, by state and severity
 * @param suppressed how many are suppressed, by state; of new and known ones alone
 * @param outside how many there are outside of what was selected, which are in no other figure
 * @param listed those that are told in full, in {@link HuntFinding#ORDER}, the suppressed ones too
 * @param suppressions what came of suppressions, over all that are new or known
 */
public record HuntFindings(
    SortedMap<State, SortedMap<Severity, Long>> counts,
    SortedMap<State, Long> suppressed,
    long outside,
    List<HuntFinding> listed,
    Suppressions suppressions) {

  /** Sorts, and makes the collections immutable. */
  public HuntFindings {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    suppressed = Collections.unmodifiableSortedMap(new TreeMap<>(suppressed));
    listed = listed.stream().sorted(HuntFinding.ORDER).toList();
  }

  /** How many there are in a state that nobody suppresses, by severity. */
  public SortedMap<Severity, Long> count(State state) {
    Map<Severity, Long> some = counts.getOrDefault(state, new TreeMap<>());
    return new TreeMap<>(some);
  }

  /** How many are suppressed. */
  public long suppressedTotal() {
    return suppressed.values().stream().reduce(0L, Long::sum);
  }
}
