// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
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
  private static final String STAGED =
      "place INTEGER, capture_id VARCHAR, host VARCHAR, boot_id VARCHAR, machine_id VARCHAR,"
          + " environment VARCHAR, kernel VARCHAR, arch VARCHAR, scope VARCHAR, command VARCHAR,"
          + " started BIGINT, ended BIGINT, end_reason VARCHAR, exit_status INTEGER,"
          + " executed BIGINT, recorded BIGINT, lost BIGINT, lost_events BIGINT, complete BOOLEAN";

  private CaptureTable() {}

  static void create(Session session, List<Capture> captures) throws SQLException {
    session.execute(DEFINITION);
    try (StagedRows rows = new StagedRows(session, "staged_captures", STAGED)) {
      for (int i = 0; i < captures.size(); i++) {
        add(rows, i, captures.get(i));
      }
    }
    session.execute(
        "INSERT INTO raw_captures SELECT * EXCLUDE (place) REPLACE ("
            + "string_split(command, chr(0)) AS command, make_timestamptz(started) AS started,"
            + " make_timestamptz(ended) AS ended) FROM temp.staged_captures ORDER BY place");
    session.execute("DROP TABLE temp.staged_captures");
  }

  /**
   * Makes a table that nobody may ask for: it would be empty, which is not true of the evidence.
   */
  static void forbid(Session session) throws SQLException {
    session.execute(DEFINITION.replace("raw_captures", "no_captures"));
    session.execute(
        "CREATE VIEW raw_captures AS SELECT c.* FROM (VALUES (1)) AS nothing LEFT JOIN no_captures"
            + " AS c ON true WHERE CAST(error('table captures was not loaded') AS BOOLEAN)");
  }

  private static void add(StagedRows rows, int place, Capture capture) throws SQLException {
    ManifestEntry.Start start = capture.manifest().start();
    ManifestEntry.End end = capture.manifest().end().orElse(null);
    long recorded = 0;
    for (ManifestEntry.Segment segment : capture.manifest().segments()) {
      recorded += segment.table().equals(Table.EXECS.filePrefix()) ? segment.rows() : 0;
    }
    rows.add(
        place,
        start.captureId(),
        start.host(),
        start.bootId(),
        start.machineId(),
        start.environment(),
        start.kernel(),
        start.arch(),
        start.scope(),
        joined(start.command()),
        micros(start.clock()),
        end == null ? null : micros(end.clock()),
        end == null ? null : end.reason(),
        end == null ? null : end.exitStatus(),
        end == null ? null : end.executed(),
        recorded,
        capture.lost(),
        capture.lostEventsTotal(),
        capture.manifest().complete());
  }

  /** An argument cannot hold U+0000, so it can stand between arguments. */
  private static String joined(List<String> command) {
    return command == null || command.isEmpty() ? null : String.join("\0", command);
  }

  private static Long micros(ClockReading clock) {
    return clock == null ? null : Math.floorDiv(clock.realNs(), 1000);
  }
}
