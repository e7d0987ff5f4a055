// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.ActivityCounts;
import dev.trailcam.analyzer.evidence.ActivityCounts.Histogram;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Inspection;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what one capture holds, whose rows are in {@code raw_…}. */
final class InspectionQuery {
  /** What is missing of a file is said by evidence, so it could be something else each time. */
  private static final int MAX_REASONS = 20;

  private static final int TOP = 10;
  private static final int MAX_RARE = 20;

  /** Without overflow, whatever the clocks claim. */
  private static final String TS_NS =
      "CAST(greatest(least(CAST(boot_ns AS HUGEINT) + clock_offset_ns, "
          + Long.MAX_VALUE
          + "), -"
          + Long.MAX_VALUE
          + ") AS BIGINT)";

  private static final String DIRECTORY =
      "CASE WHEN exe LIKE '/%/%' THEN left(exe, length(exe) - length(split_part(exe, '/', -1)) - 1)"
          + " WHEN exe LIKE '/%' THEN '/' END";

  private final Session session;
  private final Capture capture;
  private final String where;

  InspectionQuery(Session session, Capture capture) {
    this.session = session;
    this.capture = capture;
    this.where = " WHERE capture_id = " + Session.literal(capture.id());
  }

  Inspection run() throws SQLException {
    Map<Table, Long> rows = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      if (table.since() <= capture.manifest().start().formatVersion()) {
        rows.put(table, session.number("SELECT count(*) FROM raw_" + table.sqlName() + where));
      }
    }
    ActivityCounts.Ranking programs = ranking("exe");
    return new Inspection(
        capture,
        rows,
        lacking(),
        programs.distinct(),
        programs.top().stream()
            .map(entry -> new Inspection.Program(entry.name(), entry.executions()))
            .toList(),
        new ActivityCounts(
            ranking("CAST(euid AS VARCHAR)"), ranking(DIRECTORY), rare(), histogram()));
  }

  private SortedMap<String, Long> lacking() throws SQLException {
    SortedMap<String, Long> lacking = new TreeMap<>();
    session.query(
        "SELECT missing, count(*) FROM raw_files"
            + where
            + " AND missing IS NOT NULL GROUP BY 1"
            + " ORDER BY 2 DESC, 1",
        row ->
            lacking.merge(
                lacking.size() < MAX_REASONS ? row.getString(1) : "other reasons",
                row.getLong(2),
                Long::sum));
    return lacking;
  }

  private ActivityCounts.Ranking ranking(String what) throws SQLException {
    List<ActivityCounts.Entry> top = new ArrayList<>();
    long[] distinct = new long[1];
    session.query(
        "SELECT what, n, count(what) OVER () FROM (SELECT "
            + what
            + " AS what, count(*) AS n FROM raw_execs"
            + where
            + " GROUP BY 1) ORDER BY n DESC, what NULLS LAST LIMIT "
            + TOP,
        row -> {
          top.add(new ActivityCounts.Entry(row.getString(1), row.getLong(2)));
          distinct[0] = row.getLong(3);
        });
    return new ActivityCounts.Ranking(distinct[0], top);
  }

  /** Those whose program is not known are no program. */
  private ActivityCounts.Rare rare() throws SQLException {
    List<ActivityCounts.Once> first = new ArrayList<>();
    long[] programs = new long[1];
    session.query(
        "SELECT exe, min("
            + TS_NS
            + ") AS ts_ns, count(*) OVER () FROM raw_execs"
            + where
            + " AND exe IS NOT NULL GROUP BY exe HAVING count(*) = 1 ORDER BY ts_ns, exe LIMIT "
            + MAX_RARE,
        row -> {
          first.add(new ActivityCounts.Once(row.getString(1), row.getLong(2)));
          programs[0] = row.getLong(3);
        });
    return new ActivityCounts.Rare(programs[0], first);
  }

  private Histogram histogram() throws SQLException {
    List<long[]> ends = new ArrayList<>();
    session.query(
        "SELECT min(ts_ns), max(ts_ns) FROM (SELECT "
            + TS_NS
            + " AS ts_ns FROM raw_execs"
            + where
            + ") HAVING count(*) > 0",
        row -> ends.add(new long[] {seconds(row.getLong(1)), seconds(row.getLong(2))}));
    if (ends.isEmpty()) {
      return new Histogram(1, 0, List.of());
    }
    long length = Histogram.lengthFor(ends.get(0)[0], ends.get(0)[1]);
    long first = Math.floorDiv(ends.get(0)[0], length);
    long last = Math.floorDiv(ends.get(0)[1], length);
    List<Long> counts = new ArrayList<>(Collections.nCopies((int) (last - first + 1), 0L));
    long ns = length * 1_000_000_000L;
    // Division that rounds down, as Java's here: the engine's goes towards zero.
    String interval =
        "CAST((CAST(ts_ns AS HUGEINT) - (ts_ns % L + L) % L) // L AS BIGINT)"
            .replaceAll("\\bL\\b", Long.toString(ns));
    session.query(
        "SELECT "
            + interval
            + ", count(*) FROM (SELECT "
            + TS_NS
            + " AS ts_ns FROM raw_execs"
            + where
            + ") GROUP BY 1",
        row -> counts.set((int) (row.getLong(1) - first), row.getLong(2)));
    return new Histogram(length, first * length, counts);
  }

  private static long seconds(long ns) {
    return Math.floorDiv(ns, 1_000_000_000L);
  }
}
