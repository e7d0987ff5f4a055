// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import dev.trailcam.analyzer.findings.Finding;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What happened within a part of the time.
 *
 * @param fromNs its first moment, in nanoseconds since 1970
 * @param toNs the first moment after it
 * @param parts how many parts it stands for: 1, or more where there was not room for each
 * @param events how many there were of each kind, from 1
 * @param evidenceWhole whether nothing is known to be missing then
 * @param programs how many different ones were executed
 * @param mostly those that were executed most often, most first
 * @param findings about its executions, worst first
 */
public record Part(
    long fromNs,
    long toNs,
    long parts,
    Map<EventKind, Long> events,
    boolean evidenceWhole,
    long programs,
    List<ProgramCount> mostly,
    List<Finding> findings) {

  /** Makes the collections immutable. */
  public Part {
    Map<EventKind, Long> copy = new EnumMap<>(EventKind.class);
    copy.putAll(events);
    events = Collections.unmodifiableMap(copy);
    mostly = List.copyOf(mostly);
    findings = List.copyOf(findings);
  }

  /** How many events there were of a kind. */
  public long count(EventKind kind) {
    return events.getOrDefault(kind, 0L);
  }

  /** How many events there were. */
  public long count() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How often a program was executed.
   *
   * @param program path of the file, or null where it is not known
   * @param executions from 1
   */
  public record ProgramCount(String program, long executions) {}
}
