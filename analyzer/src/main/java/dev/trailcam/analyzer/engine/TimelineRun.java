// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.activity.ActivityScope;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.LossWindows;
import dev.trailcam.analyzer.timeline.EventKind;
import dev.trailcam.analyzer.timeline.Marks;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.Timeline.Centre;
import dev.trailcam.analyzer.timeline.TimelineEvent.Mark;
import dev.trailcam.analyzer.timeline.TimelineRequest;
import dev.trailcam.analyzer.timeline.TimelineRequest.EachEvent;
import dev.trailcam.analyzer.timeline.TimelineRequest.InParts;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Tells what captures that are staged hold, in order. */
final class TimelineRun {
  /** Somebody who gave too few digits is told of a few. */
  private static final int MAX_CENTRES = 10;

  private final Session session;
  private final Progress progress;
  private final TimelineRequest request;

  TimelineRun(Session session, Progress progress, TimelineRequest request) {
    this.session = session;
    this.progress = progress;
    this.request = request;
  }

  Timeline timeline(CaptureSet set, EvidenceTables tables, List<Finding> findings)
      throws SQLException {
    boolean once =
        set.captures().stream()
                .map(capture -> capture.manifest().start().bootId())
                .distinct()
                .count()
            == set.captures().size();
    LoadedEvidence evidence = TreeRun.read(session, tables, columns(once));
    progress.at("putting in order what happened", 0, 0);
    List<Centre> centres = centres();
    List<LossWindow> all =
        LossWindows.of(evidence.captures(), set.problems(), LossQuery.run(session));
    OptionalLong from = request.fromNs();
    OptionalLong to = request.toNs();
    if (request.around().isPresent()) {
      if (centres.size() != 1) {
        return new Timeline(
            evidence.captures(),
            set.problems(),
            all,
            from,
            to,
            centres,
            Map.of(),
            0,
            List.of(),
            new Timeline.Each(List.of()));
      }
      long moment = centres.get(0).tsNs();
      long context = request.around().get().contextNs();
      from = OptionalLong.of(Math.max(from.orElse(Long.MIN_VALUE), plus(moment, -context)));
      // The last moment of the context is of it.
      to = OptionalLong.of(Math.min(to.orElse(Long.MAX_VALUE), plus(plus(moment, context), 1)));
    }
    long first = from.orElse(Long.MIN_VALUE);
    long end = to.orElse(Long.MAX_VALUE);
    List<LossWindow> windows = all.stream().filter(window -> within(window, first, end)).toList();
    List<Mark> marks =
        Marks.of(evidence.captures(), windows).stream()
            .filter(mark -> mark.tsNs() >= first && mark.tsNs() < end)
            .toList();
    ActivityScope scope =
        new ActivityScope(
            from,
            to,
            centres.stream().map(Centre::tsNs).toList(),
            request.shape() instanceof EachEvent each ? each.limit() : 1);
    List<String> conditions = new ChosenProcesses(session, request.processes()).create();
    ActivityChoice choice = new ActivityChoice(session, scope, once, conditions);
    choice.moments();
    Map<EventKind, Long> events = new EnumMap<>(EventKind.class);
    marks.forEach(mark -> events.merge(mark.kind(), 1L, Long::sum));
    long notWanted = 0;
    for (Table table : ActivityQuery.COLUMNS.keySet()) {
      long wanted = choice.want(table);
      events.put(TimelineRows.kind(table), wanted);
      notWanted += conditions.isEmpty() ? 0 : choice.ofAllProcesses(table) - wanted;
    }
    TimelineRows rows = new TimelineRows(session);
    List<Finding> found = rows.wanted(findings);
    Timeline.Content content;
    if (request.shape() instanceof InParts parts) {
      content = new TimelineParts(session, parts).count(marks, found, windows);
    } else {
      for (Map.Entry<Table, EventKind> table : TimelineRows.KINDS.entrySet()) {
        choice.show(table.getKey(), events.get(table.getValue()));
      }
      OptionalLong moment =
          centres.isEmpty() ? OptionalLong.empty() : OptionalLong.of(centres.get(0).tsNs());
      content = rows.each(marks, found, moment, request.shape().limit());
    }
    return new Timeline(
        evidence.captures(),
        set.problems(),
        windows,
        from,
        to,
        centres,
        events,
        notWanted,
        found,
        content);
  }

  /** What is not shown is not read: arguments are most of a capture. */
  private Map<Table, Set<String>> columns(boolean once) {
    Map<Table, Set<String>> columns = new EnumMap<>(Table.class);
    ActivityQuery.COLUMNS.forEach((table, names) -> columns.put(table, new HashSet<>(names)));
    if (request.shape() instanceof InParts) {
      columns.get(Table.EXECS).removeAll(Set.of("argv_truncated", "cwd"));
      if (once) {
        columns.get(Table.EXECS).remove("argv");
      }
    }
    ChosenProcesses.columns(request.processes())
        .forEach(
            (table, names) -> columns.computeIfAbsent(table, key -> new HashSet<>()).addAll(names));
    columns.put(Table.LOSSES, SegmentSchema.of(Table.LOSSES).names());
    return columns;
  }

  private List<Centre> centres() throws SQLException {
    List<Centre> centres = new ArrayList<>();
    if (request.around().isPresent()) {
      session.query(
          "SELECT exec_id, min(ns) AS ns FROM (SELECT "
              + FindingQuery.EXEC_ID
              + " AS exec_id, "
              + FamilyTables.wall("boot_ns", "clock_offset_ns")
              + " AS ns FROM staged_execs) WHERE starts_with(exec_id, "
              + literal(request.around().get().execId())
              + ") GROUP BY exec_id ORDER BY ns, exec_id LIMIT "
              + MAX_CENTRES,
          row -> centres.add(new Centre(row.getString(1), row.getLong(2))));
    }
    return centres;
  }

  private static boolean within(LossWindow window, long from, long to) {
    return window.toNs().orElse(Long.MAX_VALUE) >= from
        && (window.fromNs().isEmpty() || window.fromNs().getAsLong() < to);
  }

  /** The nearest there is to a time that no clock can tell. */
  private static long plus(long ns, long more) {
    try {
      return Math.addExact(ns, more);
    } catch (ArithmeticException e) {
      return more < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
