// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One capture: what its manifest says, what of it is intact, and everything that is wrong with it.
 *
 * @param path its directory, as the user would name it
 * @param manifest what it claims, up to the first broken line
 * @param segments the listed files that are as they were sealed, in the order of the manifest
 * @param problems sorted; empty for a capture that is whole
 */
public record Capture(
    String path, Manifest manifest, List<Segment> segments, List<EvidenceProblem> problems) {

  /** Sorts the problems and makes the lists immutable. */
  public Capture {
    segments = List.copyOf(segments);
    problems = problems.stream().sorted().distinct().toList();
  }

  public String id() {
    return manifest.start().captureId();
  }

  /** Whether it holds everything that happened, unaltered. */
  public boolean whole() {
    return problems.isEmpty();
  }

  /** Bytes of all segments the manifest lists. */
  public long listedBytes() {
    return manifest.segments().stream().mapToLong(ManifestEntry.Segment::bytes).sum();
  }

  /**
   * Executions lost, by cause: the counts of the end line or, where they are higher or there is no
   * end, those of the segments.
   */
  public SortedMap<String, Long> losses() {
    SortedMap<String, Long> total = new TreeMap<>();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      counted(segment.losses()).forEach((cause, count) -> total.merge(cause, count, Capture::add));
    }
    manifest
        .end()
        .ifPresent(
            end ->
                counted(end.losses())
                    .forEach((cause, count) -> total.merge(cause, count, Long::max)));
    return total;
  }

  /**
   * Executions lost in total; a lower bound where {@link LossCause#UNTRACKED_FORK} is among them.
   */
  public long lost() {
    return total(losses());
  }

  /**
   * Rows lost of other tables than {@code execs}, by the SQL name of the table, counted as {@link
   * #losses} are. A stranger's table keeps the name that the manifest gives it.
   */
  public SortedMap<String, Long> lostEvents() {
    SortedMap<String, Long> total = new TreeMap<>();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      counted(segment.lostEvents())
          .forEach((table, count) -> total.merge(sqlName(table), count, Capture::add));
    }
    Map<String, Long> end = new TreeMap<>();
    manifest
        .end()
        .map(ManifestEntry.End::events)
        .ifPresent(
            events ->
                events.forEach(
                    (table, count) -> end.put(table, count == null ? null : count.lost())));
    counted(end).forEach((table, count) -> total.merge(sqlName(table), count, Long::max));
    return total;
  }

  /** Rows lost in total of other tables than {@code execs}. */
  public long lostEventsTotal() {
    return total(lostEvents());
  }

  /** The name in SQL of a table that a manifest names. */
  static String sqlName(String filePrefix) {
    return Arrays.stream(Table.values())
        .filter(table -> table.filePrefix().equals(filePrefix))
        .map(Table::sqlName)
        .findFirst()
        .orElse(filePrefix);
  }

  /** The same capture with the given segments set aside because of the given problems. */
  public Capture without(List<Segment> bad, List<EvidenceProblem> why) {
    List<Segment> kept = new ArrayList<>(segments);
    kept.removeAll(bad);
    List<EvidenceProblem> all = new ArrayList<>(problems);
    all.addAll(why);
    return new Capture(path, manifest, kept, all);
  }

  /** What a stranger's manifest says of losses, as far as it makes sense. */
  private static Map<String, Long> counted(Map<String, Long> losses) {
    Map<String, Long> counted = new TreeMap<>();
    if (losses != null) {
      losses.forEach(
          (cause, count) -> {
            if (count != null && count > 0) {
              counted.put(cause, count);
            }
          });
    }
    return counted;
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().reduce(0L, Capture::add);
  }

  private static long add(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
