// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.activity.ActivityScope;
import dev.trailcam.analyzer.activity.ActivityVisitor;
import dev.trailcam.analyzer.activity.Amount;
import dev.trailcam.analyzer.activity.Density;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what captures hold; what is counted is counted over all that {@link ActivityChoice} wants.
 */
final class ActivityQuery {
  private static final int DENSITY_PARTS = 2_000;
  private static final Set<String> COMMON =
      Set.of("capture_id", "boot_id", "boot_ns", "clock_offset_ns", "pid", "start_boot_ns");

  /** The stored columns that events are told with. */
  static final Map<Table, Set<String>> COLUMNS =
      new EnumMap<>(
          Map.of(
              Table.EXECS,
              with("host", "exe", "argv", "argv_truncated", "cwd", "uid", "euid"),
              Table.EXITS,
              with("comm", "exit_code", "signal"),
              Table.FAILED_EXECS,
              with("comm", "filename", "errno"),
              Table.RAW_SOCKETS,
              with("comm", "action", "errno")));

  private final Session session;
  private final ActivityScope scope;
  private final ActivityVisitor visitor;

  ActivityQuery(Session session, ActivityScope scope, ActivityVisitor visitor) {
    this.session = session;
    this.scope = scope;
    this.visitor = visitor;
  }

  private static Set<String> with(String... more) {
    Set<String> all = new HashSet<>(COMMON);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  /**
   * Reads captures and tells of them.
   *
   * @param tables staged
   * @return the captures, with what turned out to be malformed set aside
   */
  List<Capture> run(EvidenceTables tables, Progress progress) throws SQLException {
    for (Table table : COLUMNS.keySet()) {
      tables.read(table, RowLoader.create(session, table, COLUMNS.get(table)));
    }
    tables.skipOthers();
    LoadedEvidence evidence = tables.loaded();
    session.lock();
    progress.at("telling what ran", 0, 0);
    ActivityChoice choice =
        new ActivityChoice(session, scope, evidence.filesOfSharedBoots().isEmpty(), List.of());
    choice.moments();
    Amount executions = choice.show(Table.EXECS, choice.want(Table.EXECS));
    visitor.executions(executions, density());
    for (OtherEvent.Kind kind : OtherEvent.Kind.values()) {
      Table table = ActivityRows.table(kind);
      visitor.events(kind, choice.show(table, choice.want(table)));
    }
    ActivityRows rows = new ActivityRows(session, visitor);
    rows.executions();
    for (OtherEvent.Kind kind : OtherEvent.Kind.values()) {
      rows.events(kind);
    }
    return evidence.captures();
  }

  private Density density() throws SQLException {
    long[] span = new long[2];
    session.query(
        "SELECT coalesce(min(ns), 0) // 1000, coalesce(max(ns), 0) // 1000 FROM wanted_execs",
        row -> {
          span[0] = row.getLong(1);
          span[1] = row.getLong(2);
        });
    long width = (span[1] - span[0]) / DENSITY_PARTS + 1;
    List<Density.Part> parts = new ArrayList<>();
    session.query(
        "SELECT CAST((ns // 1000 - "
            + span[0]
            + ") // "
            + width
            + " AS INTEGER) AS part, count(*) FROM wanted_execs GROUP BY part ORDER BY part",
        row -> parts.add(new Density.Part(row.getInt(1), row.getLong(2))));
    return new Density(span[0] * 1000, width, parts);
  }
}
