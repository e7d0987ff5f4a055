// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code raw_captures}: what the manifests say, one row per capture. The columns are those that
 * {@code queries/open.sql} gives by hand; no path is among them, since no rule may depend on one.
 */
final class CaptureTable {
  /** The view over it. */
  static final String SQL_NAME = "captures";

  private static final String DEFINITION =
      """
      CREATE TABLE raw_captures (
        capture_id VARCHAR NOT NULL, host VARCHAR NOT NULL, boot_id VARCHAR NOT NULL,
        machine_id VARCHAR, environment VARCHAR, kernel VARCHAR, arch VARCHAR, scope VARCHAR,
        command VARCHAR[],
        started TIMESTAMP WITH TIME ZONE, ended TIMESTAMP WITH TIME ZONE,
        end_reason VARCHAR, exit_status INTEGER, executed BIGINT, recorded BIGINT NOT NULL,
        lost BIGINT NOT NULL, lost_events BIGINT NOT NULL, complete BOOLEAN NOT NULL)
      """;
  private static final String INSERTION =
      "INSERT INTO raw_captures VALUES ("
          + "?, ?, ?, ?, ?, ?, ?, ?, "
          + "string_split(CAST(? AS VARCHAR), chr(0)), "
          + "make_timestamptz(?), make_timestamptz(?), ?, ?, ?, ?, ?, ?, ?)";

  private final PreparedStatement row;
  private int column;

  private CaptureTable(PreparedStatement row) {
    this.row = row;
  }

  static void create(Session session, List<Capture> captures) throws SQLException {
    session.execute(DEFINITION);
    try (PreparedStatement row = session.prepare(INSERTION)) {
      for (Capture capture : captures) {
        new CaptureTable(row).insert(capture);
      }
    }
  }

  private void insert(Capture capture) throws SQLException {
    ManifestEntry.Start start = capture.manifest().start();
    ManifestEntry.End end = capture.manifest().end().orElse(null);
    add(start.captureId(), start.host(), start.bootId(), start.machineId());
    add(start.environment(), start.kernel(), start.arch());
    add(start.scope(), joined(start.command()), micros(start.clock()));
    if (end == null) {
      add(null, null, null, null);
    } else {
      add(micros(end.clock()), end.reason(), end.exitStatus(), end.executed());
    }
    long recorded = 0;
    for (ManifestEntry.Segment segment : capture.manifest().segments()) {
      recorded += segment.table().equals(Table.EXECS.filePrefix()) ? segment.rows() : 0;
    }
    add(recorded, capture.lost(), capture.lostEventsTotal(), capture.manifest().complete());
    row.executeUpdate();
  }

  private void add(Object... values) throws SQLException {
    for (Object value : values) {
      row.setObject(++column, value);
    }
  }

  /** An argument cannot hold U+0000, so it can stand between arguments. */
  private static String joined(List<String> command) {
    return command == null || command.isEmpty() ? null : String.join("\0", command);
  }

  private static Long micros(ClockReading clock) {
    return clock == null ? null : Math.floorDiv(clock.realNs(), 1000);
  }
}
