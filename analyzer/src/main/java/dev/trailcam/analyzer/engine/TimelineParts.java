// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.timeline.EventKind;
import dev.trailcam.analyzer.timeline.Part;
import dev.trailcam.analyzer.timeline.PartLength;
import dev.trailcam.analyzer.timeline.Parts;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.TimelineEvent.Mark;
import dev.trailcam.analyzer.timeline.TimelineRequest.InParts;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Counts the events that {@link ActivityChoice} wants in parts of the time. */
final class TimelineParts {
  /** With what leads up to them they fit a screen. */
  private static final int FEW = 40;

  private static final int PROGRAMS = 3;

  private final Session session;
  private final InParts request;

  TimelineParts(Session session, InParts request) {
    this.session = session;
    this.request = request;
  }

  Timeline.Counted count(List<Mark> marks, List<Finding> findings, List<LossWindow> windows)
      throws SQLException {
    long length = length(marks);
    Parts parts = new Parts(length);
    marks.forEach(parts::add);
    findings.forEach(parts::add);
    for (Map.Entry<Table, EventKind> table : TimelineRows.KINDS.entrySet()) {
      session.query(
          "SELECT "
              + number(length)
              + " AS number, count(*) FROM wanted_"
              + table.getKey().sqlName()
              + " GROUP BY number",
          row -> parts.add(row.getLong(1), table.getValue(), row.getLong(2)));
    }
    return new Timeline.Counted(
        length,
        parts.list(request.limit(), programs(length, parts.rest(request.limit())), windows));
  }

  private long length(List<Mark> marks) throws SQLException {
    long[] span = {Long.MAX_VALUE, Long.MIN_VALUE};
    for (Mark mark : marks) {
      span[0] = Math.min(span[0], mark.tsNs());
      span[1] = Math.max(span[1], mark.tsNs());
    }
    for (Table table : TimelineRows.KINDS.keySet()) {
      session.query(
          "SELECT min(ns), max(ns) FROM wanted_" + table.sqlName() + " HAVING count(*) > 0",
          row -> {
            span[0] = Math.min(span[0], row.getLong(1));
            span[1] = Math.max(span[1], row.getLong(2));
          });
    }
    if (span[0] > span[1]) {
      return request.lengthNs().orElse(PartLength.MIN_NS); // there is nothing to count
    }
    return request.lengthNs().isEmpty()
        ? PartLength.fitting(span[0], span[1], FEW)
        : Math.max(
            request.lengthNs().getAsLong(),
            PartLength.fitting(span[0], span[1], PartLength.MAX_PARTS));
  }

  /** As {@link Math#floorDiv(long, long)}; the engine's own division goes towards zero. */
  private static String number(long length) {
    return "(CASE WHEN ns < 0 THEN -((-(ns::HUGEINT) + "
        + (length - 1)
        + ") // "
        + length
        + ") ELSE ns // "
        + length
        + " END)::BIGINT";
  }

  private Map<Long, Parts.Programs> programs(long length, OptionalLong rest) throws SQLException {
    String number =
        rest.isEmpty() ? number(length) : "least(" + number(length) + ", " + rest.getAsLong() + ")";
    Map<Long, Parts.Programs> programs = new HashMap<>();
    session.query(
        "SELECT number, exe, n, count(*) OVER (PARTITION BY number) FROM (SELECT "
            + number
            + " AS number, e.exe, count(*) AS n FROM wanted_execs JOIN staged_execs AS e USING ("
            + SegmentReader.KEY
            + ") GROUP BY ALL) QUALIFY row_number() OVER (PARTITION BY number ORDER BY n DESC, exe)"
            + " <= "
            + PROGRAMS
            + " ORDER BY number, n DESC, exe",
        row ->
            programs.merge(
                row.getLong(1),
                new Parts.Programs(
                    row.getLong(4),
                    List.of(new Part.ProgramCount(row.getString(2), row.getLong(3)))),
                TimelineParts::both));
    return programs;
  }

  private static Parts.Programs both(Parts.Programs some, Parts.Programs more) {
    List<Part.ProgramCount> mostly = new ArrayList<>(some.mostly());
    mostly.addAll(more.mostly());
    return new Parts.Programs(some.distinct(), mostly);
  }
}
