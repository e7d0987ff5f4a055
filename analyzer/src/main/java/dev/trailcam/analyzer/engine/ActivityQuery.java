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
import org.duckdb.DuckDBAppender;

/**
 * Tells what captures hold. Where that is more than somebody wants to hear, tables {@code
 * shown_keys_…} have the rows to tell of; what is counted is counted over all of them.
 */
final class ActivityQuery {
  private static final String NS = FamilyTables.wall("boot_ns", "clock_offset_ns");
  private static final int DENSITY_PARTS = 2_000;
  private static final Set<String> COMMON =
      Set.of("capture_id", "boot_id", "boot_ns", "clock_offset_ns", "pid", "start_boot_ns");
  private static final Map<Table, Set<String>> COLUMNS =
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
    moments();
    boolean once = evidence.filesOfSharedBoots().isEmpty();
    Amount executions = choose(Table.EXECS, once);
    visitor.executions(executions, density());
    for (OtherEvent.Kind kind : OtherEvent.Kind.values()) {
      visitor.events(kind, choose(ActivityRows.table(kind), once));
    }
    ActivityRows rows = new ActivityRows(session, visitor);
    rows.executions();
    for (OtherEvent.Kind kind : OtherEvent.Kind.values()) {
      rows.events(kind);
    }
    return evidence.captures();
  }

  private void moments() throws SQLException {
    session.execute("CREATE TABLE moments (ns BIGINT)");
    try (DuckDBAppender appender = session.append("moments")) {
      for (long ns : scope.momentsNs().stream().sorted().distinct().toList()) {
        appender.beginRow();
        appender.append(ns);
        appender.endRow();
      }
    }
  }

  /** Which rows to tell of. Two captures of one boot may both hold a row, which is told once. */
  private Amount choose(Table table, boolean once) throws SQLException {
    String name = table.sqlName();
    session.execute(
        "CREATE TABLE wanted_"
            + name
            + " AS SELECT "
            + SegmentReader.KEY
            + ", ns, boot_id, boot_ns, pid FROM (SELECT *, "
            + NS
            + " AS ns FROM staged_"
            + name
            + ")"
            + time()
            + (once
                ? ""
                : " QUALIFY row_number() OVER (PARTITION BY "
                    + same(table)
                    + " ORDER BY "
                    + SegmentReader.KEY
                    + ") = 1"));
    long total = session.number("SELECT count(*) FROM wanted_" + name);
    if (total <= scope.limit()) {
      session.execute(
          "CREATE TABLE shown_keys_"
              + name
              + " AS SELECT "
              + SegmentReader.KEY
              + ", ns FROM wanted_"
              + name);
      return new Amount(total, total);
    }
    session.execute(
        "CREATE TABLE shown_keys_"
            + name
            + " AS SELECT "
            + SegmentReader.KEY
            + ", ns FROM (SELECT w.*, least(w.ns::HUGEINT - before.ns, after.ns::HUGEINT - w.ns)"
            + " AS distance FROM wanted_"
            + name
            + " AS w ASOF LEFT JOIN moments AS before ON w.ns >= before.ns"
            + " ASOF LEFT JOIN moments AS after ON w.ns <= after.ns)"
            + " ORDER BY distance, ns, boot_id, boot_ns, pid, "
            + SegmentReader.KEY
            + " LIMIT "
            + scope.limit());
    return new Amount(total, scope.limit());
  }

  /** What makes two rows one. Rows that contradict each other are two. */
  private static String same(Table table) {
    String which = "boot_id, pid, start_boot_ns, boot_ns";
    return switch (table) {
      case EXECS -> which + ", exe, argv";
      case FAILED_EXECS -> which + ", filename";
      case RAW_SOCKETS -> which + ", action";
      case EXITS, PROCESSES, FILES, LOSSES -> which;
    };
  }

  private String time() {
    List<String> bounds = new ArrayList<>();
    scope.fromNs().ifPresent(ns -> bounds.add("ns >= " + ns));
    scope.toNs().ifPresent(ns -> bounds.add("ns < " + ns));
    return bounds.isEmpty() ? "" : " WHERE " + String.join(" AND ", bounds);
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
