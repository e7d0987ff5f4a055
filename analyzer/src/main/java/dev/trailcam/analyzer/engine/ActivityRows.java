// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.activity.ActivityVisitor;
import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.capture.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads the rows that {@link ActivityQuery} has chosen, as they happened. */
final class ActivityRows {
  /** A line for each execution is read by a person; the whole is in the capture. */
  private static final int MAX_ARGUMENTS = 100;

  private static final int MAX_ARGUMENT = 2_000;

  private static final String PROCESS_ID = "boot_id || ':' || pid || ':' || start_boot_ns";

  private final Session session;
  private final ActivityVisitor visitor;

  ActivityRows(Session session, ActivityVisitor visitor) {
    this.session = session;
    this.visitor = visitor;
  }

  static Table table(OtherEvent.Kind kind) {
    return switch (kind) {
      case EXIT -> Table.EXITS;
      case FAILED -> Table.FAILED_EXECS;
      case SOCKET -> Table.RAW_SOCKETS;
    };
  }

  void executions() throws SQLException {
    session.query(
        """
        SELECT %s, %s, pid, ns, host, exe,
          list_transform(argv[:%d], lambda one: left(one, %d)),
          argv IS NOT NULL AND NOT argv_truncated AND len(argv) <= %d
            AND coalesce(list_max(list_transform(argv, lambda one: length(one))), 0) <= %d,
          cwd, uid, euid, capture_id
        FROM staged_execs JOIN shown_keys_execs USING (%s)
        ORDER BY ns, boot_id, boot_ns, pid, %s
        """
            .formatted(
                FindingQuery.EXEC_ID,
                PROCESS_ID,
                MAX_ARGUMENTS,
                MAX_ARGUMENT,
                MAX_ARGUMENTS,
                MAX_ARGUMENT,
                SegmentReader.KEY,
                SegmentReader.KEY),
        row -> {
          List<String> some = session.arguments().of(row.getArray(7));
          List<String> argv = some == null ? null : Arguments.shortened(some);
          visitor.visit(
              new Executed(
                  row.getString(1),
                  row.getString(2),
                  row.getInt(3),
                  row.getLong(4),
                  row.getString(5),
                  row.getString(6),
                  argv,
                  row.getBoolean(8) && some.equals(argv),
                  row.getString(9),
                  row.getLong(10),
                  row.getLong(11),
                  row.getString(12)));
        });
  }

  void events(OtherEvent.Kind kind) throws SQLException {
    String facts =
        switch (kind) {
          case EXIT -> "NULL::VARCHAR, exit_code, signal";
          case FAILED -> "left(filename, " + MAX_ARGUMENT + "), errno, NULL::INTEGER";
          case SOCKET -> "action, errno, NULL::INTEGER";
        };
    String name = table(kind).sqlName();
    session.query(
        """
        SELECT %s, pid, comm, ns, capture_id, %s
        FROM staged_%s JOIN shown_keys_%s USING (%s)
        ORDER BY ns, boot_id, boot_ns, pid, %s
        """
            .formatted(PROCESS_ID, facts, name, name, SegmentReader.KEY, SegmentReader.KEY),
        row ->
            visitor.visit(
                new OtherEvent(
                    kind,
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(6),
                    integer(row, 7),
                    integer(row, 8),
                    row.getString(5))));
  }

  private static Integer integer(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : Integer.valueOf(number);
  }
}
