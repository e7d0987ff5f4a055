// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.LossWindow;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What happened, in order. Every event of the time that was asked for is counted in {@code events}
 * or in {@code notWanted}.
 *
 * @param captures those that were read, with the problems that reading brought up
 * @param unreadable what was named and could not be read at all, sorted
 * @param windows where something is missing, of the time alone, by capture and time
 * @param fromNs the first moment of the time, in nanoseconds since 1970; empty for all before
 * @param toNs the first moment after it; empty for all that follows
 * @param centres the executions that fit what it was to be around; none where it was nothing, and
 *     only with exactly one there is anything else
 * @param events how many there are of each kind, each kind named
 * @param notWanted how many are of processes that were not asked for
 * @param findings about the executions that are counted, worst first
 * @param content what is told of them
 */
public record Timeline(
    List<Capture> captures,
    List<EvidenceProblem> unreadable,
    List<LossWindow> windows,
    OptionalLong fromNs,
    OptionalLong toNs,
    List<Centre> centres,
    Map<EventKind, Long> events,
    long notWanted,
    List<Finding> findings,
    Content content) {

  /** Makes the collections immutable. */
  public Timeline {
    captures = List.copyOf(captures);
    unreadable = List.copyOf(unreadable);
    windows = List.copyOf(windows);
    centres = List.copyOf(centres);
    findings = List.copyOf(findings);
    Map<EventKind, Long> all = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      all.put(kind, events.getOrDefault(kind, 0L));
    }
    events = Collections.unmodifiableMap(all);
  }

  /**
   * An execution to look around.
   *
   * @param execId its id
   * @param tsNs when it was, in nanoseconds since 1970
   */
  public record Centre(String execId, long tsNs) {}

  /** What is told. */
  public sealed interface Content {}

  /**
   * Event by event.
   *
   * @param events in order
   */
  public record Each(List<TimelineEvent> events) implements Content {
    /** Makes the list immutable. */
    public Each {
      events = List.copyOf(events);
    }
  }

  /**
   * Counted.
   *
   * @param lengthNs of a part; longer than what was asked for where that made too many
   * @param parts in which something happened, by time
   */
  public record Counted(long lengthNs, List<Part> parts) implements Content {
    /** Makes the list immutable. */
    public Counted {
      parts = List.copyOf(parts);
    }
  }

  /** Events of the time of the processes that were asked for. */
  public long total() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of these, those that are counted and nothing more is told of. */
  public long leftOut() {
    return content instanceof Each each ? total() - each.events().size() : 0;
  }

  /** Whether nothing is missing from the evidence and all of it is as it was sealed. */
  public boolean evidenceWhole() {
    return unreadable.isEmpty() && captures.stream().allMatch(Capture::whole);
  }

  /** Everything that is wrong with the evidence, sorted. */
  public List<EvidenceProblem> evidenceProblems() {
    return Stream.concat(
            unreadable.stream(), captures.stream().flatMap(capture -> capture.problems().stream()))
        .sorted()
        .toList();
  }
}
