// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Severity;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a replay says first: the verdict, what was looked at, what is known to be missing. One
 * sentence each, without a full stop.
 *
 * @param encode makes text from outside fit for where the sentences go
 */
record Headline(ReplayResult result, UnaryOperator<String> encode) {
  private static final List<Table> EVENTS =
      List.of(Table.RAW_SOCKETS, Table.EXITS, Table.FAILED_EXECS, Table.PROCESSES);

  String verdict() {
    long suppressed = result.suppressed();
    String none = suppressed == 0 ? "no finding" : "no finding but " + suppressed + " suppressed";
    return switch (result.verdict()) {
      case FINDINGS -> counts() + (suppressed == 0 ? "" : "; " + suppressed + " suppressed");
      case CLEAN -> "Clean: " + none + ", and nothing is missing";
      case INCONCLUSIVE ->
          "Inconclusive: " + none + (suppressed == 0 ? ", but" : ", and") + " something is missing";
    };
  }

  private String counts() {
    Map<Severity, Long> counts = new TreeMap<>();
    List<Finding> open = result.open();
    open.forEach(finding -> counts.merge(finding.severity(), 1L, Long::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((severity, count) -> parts.add(0, count + " " + severity.id()));
    boolean grouped = result.incidents() < open.size();
    return count(open.size(), "finding")
        + (grouped ? " in " + count(result.incidents(), "incident") : "")
        + ": "
        + String.join(", ", parts);
  }

  String looked() {
    return "Looked at "
        + count(result.executions(), "execution")
        + " in "
        + count(result.captures().size(), "capture")
        + " with "
        + count(result.rules().size(), "rule")
        + "; "
        + lost();
  }

  private String lost() {
    long lost = result.losses().values().stream().reduce(0L, Headline::capped);
    if (result.lostEvents().isEmpty()) {
      return (lost == 0 ? "none" : Long.toString(lost)) + " counted as lost";
    }
    // A manifest can name tables that there are not, as many as it likes.
    int more = result.lostEvents().size() - Table.values().length;
    return "counted as lost: "
        + count(lost, "execution")
        + result.lostEvents().entrySet().stream()
            .limit(Table.values().length)
            .map(entry -> ", " + entry.getValue() + " of " + encode.apply(entry.getKey()))
            .collect(Collectors.joining())
        + (more > 0 ? ", and more of " + count(more, "other table") : "");
  }

  /** What rules could not see since nobody recorded it; empty where all was. */
  Optional<String> notRecorded() {
    return notRecorded(result.captures());
  }

  /** The same of captures of which no rule was asked. */
  static Optional<String> notRecorded(List<Capture> captures) {
    Map<String, Long> counts = new TreeMap<>();
    for (Capture capture : captures) {
      String tables = notWatched(capture.manifest().start());
      if (!tables.isEmpty()) {
        counts.merge(tables, 1L, Long::sum);
      }
    }
    return counts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            counts.entrySet().stream()
                .map(entry -> "No " + entry.getKey() + " in " + count(entry.getValue(), "capture"))
                .collect(Collectors.joining("; ")));
  }

  /** That no finding means little at times; empty where it means what it says. */
  Optional<String> inconclusive() {
    int windows = result.windows().size();
    return windows == 0
        ? Optional.empty()
        : Optional.of(
            "Inconclusive in "
                + count(windows, "window")
                + " of time: what is missing there may be what a rule did not find");
  }

  /** What was left out since nobody asked for it; empty where all was asked for. */
  Optional<String> selected() {
    return SelectionText.sentence(result.selected(), encode);
  }

  /** The tables of events that a recorder did not watch, or did not know. */
  private static String notWatched(ManifestEntry.Start start) {
    boolean eventsKnown = start.formatVersion() >= Table.EXITS.since();
    if (!eventsKnown) {
      return "sockets, exits or files";
    }
    List<String> watched = start.watched() == null ? List.of() : start.watched();
    return EVENTS.stream()
        .filter(table -> !watched.contains(table.filePrefix()))
        .map(Table::sqlName)
        .collect(Collectors.joining(", "));
  }

  static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private static long capped(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
