// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.EventCount;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The book-keeping of a capture: executed = recorded + lost, and so for every other kind of event,
 * no sequence number missing without a counted loss, and an end that says the recording was whole.
 */
final class Accounts {
  private final Capture capture;
  private final String manifest;
  private final Map<String, Long> lostEvents;
  private final List<EvidenceProblem> problems = new ArrayList<>();

  private Accounts(Capture capture) {
    this.capture = capture;
    this.lostEvents = capture.lostEvents();
    this.manifest = capture.path() + "/" + CaptureLayout.MANIFEST;
  }

  static List<EvidenceProblem> problems(Capture capture) {
    Accounts accounts = new Accounts(capture);
    try {
      accounts.end();
      accounts.events();
      accounts.losses();
      accounts.sequences();
    } catch (ArithmeticException e) {
      accounts.problem(Kind.COUNTS_DISAGREE, "holds counts that are too large to be true");
    }
    return accounts.problems;
  }

  private void end() {
    if (capture.manifest().end().isEmpty()) {
      if (capture.manifest().problems().isEmpty()) {
        problem(
            Kind.UNFINISHED,
            "has no end line: the recorder died or is still recording; if it died, run: trailcam"
                + " recover "
                + capture.path());
      }
      return;
    }
    ManifestEntry.End end = capture.manifest().end().get();
    if (capture.manifest().problems().isEmpty() && !capture.manifest().complete()) {
      problem(Kind.ENDED_BADLY, "says the recording ended early: " + end.reason());
    }
    long rows = 0;
    for (ManifestEntry.Segment segment : capture.manifest().segments()) {
      if (Table.EXECS.filePrefix().equals(segment.table())) {
        rows = Math.addExact(rows, segment.rows());
      }
    }
    if (rows != end.recorded()) {
      problem(
          Kind.COUNTS_DISAGREE,
          "says " + end.recorded() + " executions were recorded, its segments hold " + rows);
    }
    if (end.executed() != null && end.executed() != Math.addExact(rows, numberedLosses())) {
      problem(
          Kind.COUNTS_DISAGREE,
          end.executed()
              + " executions were counted, but "
              + rows
              + " recorded and "
              + numberedLosses()
              + " lost do not add up to that");
    }
  }

  /** The books of the tables other than {@code execs}, which format 1 did not have. */
  private void events() {
    if (capture.manifest().end().isEmpty()) {
      return;
    }
    Map<String, EventCount> books = capture.manifest().end().get().events();
    if (books == null && capture.manifest().start().formatVersion() >= Table.EXITS.since()) {
      problem(Kind.COUNTS_DISAGREE, "says nothing of how many other events were counted");
      return;
    }
    Map<String, Long> rows = eventRows();
    Set<String> tables = new TreeSet<>(rows.keySet());
    tables.addAll(books == null ? Set.of() : books.keySet());
    for (String table : tables) {
      EventCount count = books == null ? null : books.get(table);
      event(
          Capture.sqlName(table),
          count == null ? new EventCount(null, 0, 0) : count,
          rows.getOrDefault(table, 0L));
    }
  }

  private Map<String, Long> eventRows() {
    Map<String, Long> rows = new TreeMap<>();
    for (ManifestEntry.Segment segment : capture.manifest().segments()) {
      if (!ofExecutions(segment)) {
        rows.merge(segment.table(), segment.rows(), Math::addExact);
      }
    }
    return rows;
  }

  private void event(String table, EventCount count, long rows) {
    if (rows != count.recorded()) {
      problem(
          Kind.COUNTS_DISAGREE,
          "says "
              + count.recorded()
              + " rows of "
              + table
              + " were recorded, its segments hold "
              + rows);
    }
    long lost = lostEvents.getOrDefault(table, 0L);
    if (count.seen() != null && count.seen() != Math.addExact(rows, lost)) {
      problem(
          Kind.COUNTS_DISAGREE,
          count.seen()
              + " events for "
              + table
              + " were counted, but "
              + rows
              + " recorded and "
              + lost
              + " lost do not add up to that");
    }
  }

  /** Whether a segment tells of executions: of what happened to them, or that they are lost. */
  private static boolean ofExecutions(ManifestEntry.Segment segment) {
    return Table.EXECS.filePrefix().equals(segment.table())
        || Table.LOSSES.filePrefix().equals(segment.table());
  }

  private void losses() {
    if (!lostEvents.isEmpty()) {
      problem(Kind.ROWS_LOST, "the recorder counted events it lost: " + listed(lostEvents));
    }
    if (capture.lost() == 0) {
      return;
    }
    problem(Kind.ROWS_LOST, "the recorder counted executions it lost: " + listed(capture.losses()));
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
        .collect(Collectors.joining(", "));
  }

  private long numberedLosses() {
    return LossCause.executions(capture.losses());
  }

  private void sequences() {
    Map<Integer, List<SequenceRange>> byCpu = new TreeMap<>();
    for (ManifestEntry.Segment segment : capture.manifest().segments()) {
      for (SequenceRange range :
          segment.sequences() == null || !ofExecutions(segment)
              ? List.<SequenceRange>of()
              : segment.sequences()) {
        if (range == null) {
          problem(
              Kind.COUNTS_DISAGREE, "lists no range of sequence numbers where there should be one");
          return;
        }
        byCpu.computeIfAbsent(range.cpu(), cpu -> new ArrayList<>()).add(range);
      }
    }
    long missing = 0;
    for (Map.Entry<Integer, List<SequenceRange>> cpu : byCpu.entrySet()) {
      missing = Math.addExact(missing, missing(cpu.getKey(), cpu.getValue()));
    }
    if (missing > numberedLosses()) {
      problem(
          Kind.GAP,
          (missing - numberedLosses())
              + " executions are missing from the sequence and no counted loss explains them");
    }
  }

  private long missing(int cpu, List<SequenceRange> ranges) {
    ranges.sort(Comparator.comparingLong(SequenceRange::first));
    long missing = 0;
    long next = 0;
    for (SequenceRange range : ranges) {
      if (range.first() < next || range.last() < range.first()) {
        problem(
            Kind.COUNTS_DISAGREE,
            "sequence numbers of processor " + cpu + " overlap at " + range.first());
        return missing;
      }
      long covered = Math.addExact(Math.subtractExact(range.last(), range.first()), 1);
      long holes = Math.subtractExact(covered, range.recorded());
      missing =
          Math.addExact(missing, Math.addExact(Math.subtractExact(range.first(), next), holes));
      next = Math.addExact(range.last(), 1);
    }
    return missing;
  }

  private void problem(Kind kind, String message) {
    problems.add(new EvidenceProblem(manifest, kind, message));
  }
}
