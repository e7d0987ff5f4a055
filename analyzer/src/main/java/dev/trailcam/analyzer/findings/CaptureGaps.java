// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * When a capture lacks something: what its loss rows say and what follows from everything that is
 * wrong with it. Where the evidence does not say when, the time is longer rather than shorter.
 */
final class CaptureGaps {
  private final Capture capture;
  private final Manifest manifest;
  private final LossLedger ledger;
  private final WallClock clock;
  private final List<Span> spans = new ArrayList<>();

  /** Rows told of so far, by the SQL name of their table. */
  private final Map<String, Long> told = new HashMap<>();

  private CaptureGaps(Capture capture, LossLedger ledger) {
    this.capture = capture;
    this.manifest = capture.manifest();
    this.ledger = ledger;
    this.clock = new WallClock(manifest);
  }

  /** In the order of {@link Span#ORDER}; they may overlap. */
  static List<Span> of(Capture capture, LossLedger ledger) {
    CaptureGaps gaps = new CaptureGaps(capture, ledger);
    if (!capture.whole()) {
      gaps.find();
    }
    gaps.spans.sort(Span.ORDER);
    return gaps.spans;
  }

  private void find() {
    ledger.spans(capture.id()).forEach(span -> spans.add(lasting(span)));
    segments();
    unexplained();
    Set<String> files =
        manifest.segments().stream().map(this::path).collect(Collectors.toCollection(HashSet::new));
    for (EvidenceProblem problem : capture.problems()) {
      if (!files.contains(problem.path())) {
        spans.addAll(following(problem.kind()));
      }
    }
  }

  /** Files and processes are told of once, and are missed from then on. */
  private Span lasting(Span span) {
    boolean lasts =
        span.lost().containsKey(Table.FILES.sqlName())
            || span.lost().containsKey(Table.PROCESSES.sqlName());
    return lasts ? Span.counted(span.from(), end(), span.lost(), span.causes()) : span;
  }

  private String path(ManifestEntry.Segment segment) {
    return capture.path() + "/" + segment.file();
  }

  /** What the recorder sealed and is not there any more, or not as it was sealed. */
  private void segments() {
    Set<String> intact =
        capture.segments().stream().map(s -> s.entry().file()).collect(Collectors.toSet());
    Set<String> expired = manifest.expired();
    Map<String, String> kinds = new HashMap<>();
    capture.problems().forEach(problem -> kinds.put(problem.path(), problem.kind().id()));
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (!intact.contains(segment.file()) && segment.rows() != 0) {
        String cause =
            expired.contains(segment.file())
                ? Kind.EXPIRED.id()
                : kinds.getOrDefault(path(segment), Kind.SEGMENT_MISSING.id());
        missing(segment, cause);
      }
    }
  }

  private void missing(ManifestEntry.Segment segment, String cause) {
    Optional<Table> table =
        Arrays.stream(Table.values())
            .filter(candidate -> candidate.filePrefix().equals(segment.table()))
            .findFirst();
    Span time = time(segment);
    if (table.isEmpty() || segment.rows() < 0) {
      spans.add(Span.uncounted(time.from(), time.to(), cause));
    } else if (table.get() != Table.LOSSES) {
      Map<String, Long> rows = Map.of(table.get().sqlName(), segment.rows());
      spans.add(lasting(Span.counted(time.from(), time.to(), rows, Set.of(cause))));
    } else {
      Map<String, Long> rows = lossesOf(segment);
      rows.forEach((name, count) -> told.merge(name, count, Span::sum));
      spans.add(Span.counted(time.from(), time.to(), rows, Set.of(cause)));
    }
  }

  private static Map<String, Long> lossesOf(ManifestEntry.Segment segment) {
    Map<String, Long> rows = new TreeMap<>();
    add(segment.losses(), cause -> Table.EXECS.sqlName(), rows);
    add(segment.lostEvents(), CaptureGaps::sqlName, rows);
    return rows;
  }

  private static void add(
      Map<String, Long> counts, UnaryOperator<String> table, Map<String, Long> rows) {
    if (counts != null) {
      counts.forEach(
          (name, count) -> {
            if (count != null && count > 0) {
              rows.merge(table.apply(name), count, Span::sum);
            }
          });
    }
  }

  private static String sqlName(String filePrefix) {
    return Arrays.stream(Table.values())
        .filter(table -> table.filePrefix().equals(filePrefix))
        .map(Table::sqlName)
        .findFirst()
        .orElse("other");
  }

  /** Losses that were counted and of which no row says when. */
  private void unexplained() {
    Map<String, Long> counted = new HashMap<>(capture.lostEvents());
    counted.merge(Table.EXECS.sqlName(), capture.lost(), Span::sum);
    Map<String, Long> rest = new TreeMap<>();
    counted.forEach(
        (table, count) -> {
          String known = known(table) ? table : "other";
          long explained =
              Span.sum(ledger.total(capture.id(), known), told.getOrDefault(known, 0L));
          if (count > explained) {
            rest.merge(known, count - explained, Span::sum);
          }
        });
    if (!rest.isEmpty()) {
      Set<String> causes = new TreeSet<>(Set.of(Kind.ROWS_LOST.id()));
      if (rest.containsKey(Table.EXECS.sqlName())) {
        Set<String> executions = capture.losses().keySet();
        Arrays.stream(LossCause.values())
            .map(LossCause::id)
            .filter(executions::contains)
            .forEach(causes::add);
      }
      Span whole = whole();
      spans.add(Span.counted(whole.from(), whole.to(), rest, causes));
    }
  }

  private static boolean known(String sqlName) {
    return Arrays.stream(Table.values()).anyMatch(table -> table.sqlName().equals(sqlName));
  }

  /** What a problem that is about no single segment says of times. */
  private List<Span> following(Kind kind) {
    return switch (kind) {
      // Each loss and each segment has been told of.
      case ROWS_LOST, EXPIRED -> List.of();
      case UNFINISHED, MANIFEST_DAMAGED, NOT_SEALED, ENDED_BADLY ->
          List.of(Span.uncounted(lastSealed(), end(), kind.id()));
      case GAP -> holes();
      case COUNTS_DISAGREE,
          FOREIGN_FILE,
          UNREADABLE,
          NOT_A_CAPTURE,
          MANIFEST_UNREADABLE,
          SEGMENT_MISSING,
          SEGMENT_RESIZED,
          SEGMENT_ALTERED,
          SEGMENT_NOT_A_FILE,
          SEGMENT_MALFORMED,
          DUPLICATE,
          LEFT_OUT,
          ARCHIVE_DAMAGED,
          ARCHIVE_ENTRY,
          NOTHING_SELECTED -> {
        Span whole = whole();
        yield List.of(Span.uncounted(whole.from(), whole.to(), kind.id()));
      }
    };
  }

  private Span time(ManifestEntry.Segment segment) {
    long first = segment.firstBootNs();
    long last = segment.lastBootNs();
    if (last <= 0 || last < first) {
      return whole(); // it says nothing, or nothing that can be true
    }
    return Span.counted(clock.earliest(first, last), clock.latest(first, last), Map.of(), Set.of());
  }

  private Span whole() {
    long begin = manifest.start().clock().bootNs();
    return Span.counted(clock.earliest(begin, begin), end(), Map.of(), Set.of());
  }

  private long end() {
    return manifest
        .end()
        .filter(end -> manifest.complete() && end.clock() != null)
        .map(end -> clock.latest(end.clock().bootNs(), end.clock().bootNs()))
        .orElse(Span.OPEN_TO);
  }

  private long lastSealed() {
    long last = manifest.start().clock().bootNs();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      last = Math.max(last, segment.lastBootNs());
    }
    return clock.earliest(last, last);
  }

  private List<Span> holes() {
    List<Span> holes = SequenceHoles.of(manifest, clock);
    if (!holes.isEmpty()) {
      return holes;
    }
    Span whole = whole(); // it is the numbers of other segments that do not fit
    return List.of(Span.uncounted(whole.from(), whole.to(), Kind.GAP.id()));
  }
}
