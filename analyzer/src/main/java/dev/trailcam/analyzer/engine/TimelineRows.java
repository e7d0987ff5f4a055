// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.activity.ActivityVisitor;
import dev.trailcam.analyzer.activity.Amount;
import dev.trailcam.analyzer.activity.Density;
import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.timeline.EventKind;
import dev.trailcam.analyzer.timeline.Nearest;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.TimelineEvent;
import dev.trailcam.analyzer.timeline.TimelineEvent.Mark;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the events that {@link ActivityChoice} has chosen. */
final class TimelineRows {
  /** The kind of event that the rows of a table are. */
  static final Map<Table, EventKind> KINDS =
      new EnumMap<>(
          Map.of(
              Table.EXECS,
              EventKind.EXECUTION,
              Table.FAILED_EXECS,
              EventKind.FAILED_EXECUTION,
              Table.RAW_SOCKETS,
              EventKind.RAW_SOCKET,
              Table.EXITS,
              EventKind.EXIT));

  private final Session session;

  TimelineRows(Session session) {
    this.session = session;
  }

  static EventKind kind(Table table) {
    return KINDS.get(table);
  }

  /** Findings about executions that are wanted, in their order. */
  List<Finding> wanted(List<Finding> findings) throws SQLException {
    try (StagedRows rows =
        new StagedRows(session, "found", "number INTEGER, process_id VARCHAR, ns BIGINT")) {
      for (int i = 0; i < findings.size(); i++) {
        rows.add(i, findings.get(i).execution().processId(), findings.get(i).execution().tsNs());
      }
    }
    BitSet wanted = new BitSet();
    session.query(
        "SELECT f.number FROM temp.found AS f JOIN wanted_execs AS w ON w.ns = f.ns"
            + " JOIN staged_execs AS e ON e."
            + SegmentReader.KEY
            + " = w."
            + SegmentReader.KEY
            + " WHERE e.boot_id || ':' || e.pid || ':' || e.start_boot_ns = f.process_id",
        row -> wanted.set(row.getInt(1)));
    return wanted.stream().mapToObj(findings::get).toList();
  }

  /** Events one by one. */
  Timeline.Each each(List<Mark> marks, List<Finding> findings, OptionalLong moment, int limit)
      throws SQLException {
    Map<String, List<Finding>> found = new HashMap<>();
    findings.forEach(
        finding ->
            found
                .computeIfAbsent(finding.execution().execId(), id -> new ArrayList<>())
                .add(finding));
    List<TimelineEvent> events = new ArrayList<>(marks);
    ActivityRows rows = new ActivityRows(session, new Collector(events, found));
    rows.executions();
    for (OtherEvent.Kind kind : OtherEvent.Kind.values()) {
      rows.events(kind);
    }
    return new Timeline.Each(Nearest.of(events, moment, limit));
  }

  /** Keeps what it is told of. */
  private record Collector(List<TimelineEvent> events, Map<String, List<Finding>> found)
      implements ActivityVisitor {
    @Override
    public void executions(Amount amount, Density density) {
      // The run has counted already.
    }

    @Override
    public void events(OtherEvent.Kind kind, Amount amount) {
      // Likewise.
    }

    @Override
    public void visit(Executed execution) {
      events.add(
          new TimelineEvent.Ran(execution, found.getOrDefault(execution.execId(), List.of())));
    }

    @Override
    public void visit(OtherEvent event) {
      events.add(new TimelineEvent.Did(event));
    }
  }
}
