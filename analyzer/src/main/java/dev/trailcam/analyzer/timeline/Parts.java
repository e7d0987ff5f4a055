// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.LossWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Counts what happened in parts of equal length. Where there is not room for each part in which
 * something happened, the last line stands for all the others, so that every event is counted once.
 */
public final class Parts {
  private final long length;
  private final NavigableMap<Long, Map<EventKind, Long>> counts = new TreeMap<>();
  private final Map<Long, List<Finding>> findings = new HashMap<>();

  /** Nothing yet; the length of a part is in nanoseconds, from {@link PartLength#MIN_NS}. */
  public Parts(long length) {
    this.length = length;
  }

  /** Counts events of the part that begins so many lengths after 1970. */
  public void add(long number, EventKind kind, long count) {
    counts
        .computeIfAbsent(number, key -> new EnumMap<>(EventKind.class))
        .merge(kind, count, Long::sum);
  }

  /** Counts an event. */
  public void add(TimelineEvent event) {
    add(Math.floorDiv(event.tsNs(), length), event.kind(), 1);
  }

  /** Takes a finding about an execution that is counted, worse ones first. */
  public void add(Finding finding) {
    findings
        .computeIfAbsent(
            Math.floorDiv(finding.execution().tsNs(), length), key -> new ArrayList<>())
        .add(finding);
  }

  /**
   * The number of the first part that has no line of its own; empty where each has one.
   *
   * @param limit lines at most, from 1
   */
  public OptionalLong rest(int limit) {
    return counts.size() <= limit
        ? OptionalLong.empty()
        : counts.keySet().stream().skip(limit - 1L).mapToLong(Long::longValue).findFirst();
  }

  /** What is told of the programs of a part. */
  public record Programs(long distinct, List<Part.ProgramCount> mostly) {
    /** Nothing was executed. */
    public static final Programs NONE = new Programs(0, List.of());
  }

  /**
   * The parts in which something happened, by time.
   *
   * @param limit lines at most, from 1
   * @param programs by the number of the part, of the rest by that of its first
   * @param windows where something is missing
   */
  public List<Part> list(int limit, Map<Long, Programs> programs, List<LossWindow> windows) {
    OptionalLong rest = rest(limit);
    List<Long> numbers =
        new ArrayList<>(
            rest.isEmpty() ? counts.keySet() : counts.headMap(rest.getAsLong(), true).keySet());
    List<Part> parts = new ArrayList<>();
    boolean[] lacking = lacking(numbers, rest, windows);
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.get(i);
      boolean isRest = rest.isPresent() && number == rest.getAsLong();
      parts.add(
          part(
              isRest ? counts.tailMap(number, true) : counts.subMap(number, true, number, true),
              programs.getOrDefault(number, Programs.NONE),
              !lacking[i]));
    }
    return parts;
  }

  private Part part(
      NavigableMap<Long, Map<EventKind, Long>> own, Programs programs, boolean whole) {
    Map<EventKind, Long> events = new EnumMap<>(EventKind.class);
    own.values().forEach(one -> one.forEach((kind, count) -> events.merge(kind, count, Long::sum)));
    List<Finding> found = new ArrayList<>();
    own.keySet().forEach(number -> found.addAll(findings.getOrDefault(number, List.of())));
    found.sort(Finding.ORDER);
    return new Part(
        PartLength.begin(own.firstKey(), length),
        PartLength.begin(own.lastKey() + 1, length),
        own.size(),
        events,
        whole,
        programs.distinct(),
        programs.mostly(),
        found);
  }

  /** Which lines lie in a window; each window is looked up, not compared with every line. */
  private boolean[] lacking(List<Long> numbers, OptionalLong rest, List<LossWindow> windows) {
    int[] changes = new int[numbers.size() + 1];
    for (LossWindow window : windows) {
      long first = Math.floorDiv(window.fromNs().orElse(Long.MIN_VALUE), length);
      long last = Math.floorDiv(window.toNs().orElse(Long.MAX_VALUE), length);
      int from = firstNotBefore(numbers, first);
      // The rest reaches from its first part to the end of the last.
      if (rest.isPresent() && from == numbers.size() && first <= counts.lastKey()) {
        from--;
      }
      int to = firstNotBefore(numbers, last == Long.MAX_VALUE ? last : last + 1);
      if (from < to) {
        changes[from]++;
        changes[to]--;
      }
    }
    boolean[] lacking = new boolean[numbers.size()];
    int open = 0;
    for (int i = 0; i < lacking.length; i++) {
      open += changes[i];
      lacking[i] = open > 0;
    }
    return lacking;
  }

  private static int firstNotBefore(List<Long> numbers, long number) {
    int found = Collections.binarySearch(numbers, number);
    return found >= 0 ? found : -found - 1;
  }
}
