// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.activity.ActivityScope;
import dev.trailcam.analyzer.activity.Amount;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * Chooses the rows to tell of: {@code wanted_…} are those in the time, {@code shown_keys_…} as many
 * of them as somebody wants to hear. Two captures of one boot may both hold a row, which is told
 * once.
 */
final class ActivityChoice {
  private static final String NS = FamilyTables.wall("boot_ns", "clock_offset_ns");

  private final Session session;
  private final ActivityScope scope;
  private final boolean once;
  private final List<String> processes;

  /**
   * Nothing is chosen yet.
   *
   * @param once whether no boot has two captures
   * @param processes conditions for rows whose process is wanted, all of which are to hold
   */
  ActivityChoice(Session session, ActivityScope scope, boolean once, List<String> processes) {
    this.session = session;
    this.scope = scope;
    this.once = once;
    this.processes = processes;
  }

  /** Makes the table of what rows are to be near to. */
  void moments() throws SQLException {
    session.execute("CREATE TABLE moments (ns BIGINT)");
    try (DuckDBAppender appender = session.append("moments")) {
      for (long ns : scope.momentsNs().stream().sorted().distinct().toList()) {
        appender.beginRow();
        appender.append(ns);
        appender.endRow();
      }
    }
  }

  /** Chooses what is wanted; the result is how many rows that are. */
  long want(Table table) throws SQLException {
    session.execute("CREATE TABLE wanted_" + table.sqlName() + " AS " + rows(table, processes));
    return session.number("SELECT count(*) FROM wanted_" + table.sqlName());
  }

  /** Rows in the time, whatever process they are of. */
  long ofAllProcesses(Table table) throws SQLException {
    return session.number("SELECT count(*) FROM (" + rows(table, List.of()) + ")");
  }

  private String rows(Table table, List<String> conditions) {
    List<String> all = new ArrayList<>(conditions);
    scope.fromNs().ifPresent(ns -> all.add("ns >= " + ns));
    scope.toNs().ifPresent(ns -> all.add("ns < " + ns));
    return "SELECT "
        + SegmentReader.KEY
        + ", ns, boot_id, boot_ns, pid FROM (SELECT *, "
        + NS
        + " AS ns FROM staged_"
        + table.sqlName()
        + ")"
        + (all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all))
        + (once
            ? ""
            : " QUALIFY row_number() OVER (PARTITION BY "
                + same(table)
                + " ORDER BY "
                + SegmentReader.KEY
                + ") = 1");
  }

  /** Chooses what to tell of what is wanted. */
  Amount show(Table table, long total) throws SQLException {
    String name = table.sqlName();
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
}
