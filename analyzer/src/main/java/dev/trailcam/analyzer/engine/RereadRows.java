// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the executions that were found once more, out of the segments that hold them, into an
 * engine that no rule has ever run in: the first one derived what it needed and is locked.
 */
final class RereadRows implements FoundRows {
  /** Where a row lies; a stranger's capture may repeat a number. */
  private record Place(String execId, Segment segment, int cpu, long seq, int pid, long bootNs) {}

  private final EngineOptions options;
  private final LoadedEvidence evidence;
  private final Set<Place> places = new LinkedHashSet<>();

  /** Notes in the session that rules ran in where the executions of its findings lie. */
  RereadRows(Session judged, EngineOptions options, LoadedEvidence evidence, List<Finding> findings)
      throws SQLException {
    this.options = options;
    this.evidence = evidence;
    judged.execute("CREATE TEMP TABLE found_ids (exec_id VARCHAR)");
    Set<String> ids = new LinkedHashSet<>();
    findings.forEach(finding -> ids.add(finding.execution().execId()));
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = judged.prepare("INSERT INTO found_ids VALUES (?)")) {
      for (String id : ids) {
        insert.setString(1, id);
        insert.executeUpdate();
      }
    }
    judged.query(
        "SELECT e.exec_id, s.segment, e.cpu, e.seq, e.pid, e.boot_ns FROM found_ids AS f"
            + " JOIN execs AS e ON e.exec_id = f.exec_id JOIN exec_segments AS s"
            + " ON s.capture_id = e.capture_id AND s.cpu = e.cpu AND s.seq = e.seq"
            + " AND s.pid = e.pid AND s.boot_ns = e.boot_ns ORDER BY ALL",
        row ->
            places.add(
                new Place(
                    row.getString(1),
                    evidence.segments().get(row.getInt(2)),
                    row.getInt(3),
                    row.getLong(4),
                    row.getInt(5),
                    row.getLong(6))));
  }

  @Override
  public void write(Path file) throws SQLException, IOException {
    try (Session session = new Session(options)) {
      LoadedEvidence again = EvidenceTables.load(session, holders(), Progress.NONE);
      Map<Segment, Integer> numbers = new HashMap<>();
      again.segments().forEach((number, segment) -> numbers.put(segment, number));
      session.execute(
          "CREATE TABLE places (found_exec_id VARCHAR, found_file VARCHAR, found_sha256 VARCHAR,"
              + " place_segment INTEGER, place_cpu INTEGER, place_seq BIGINT, place_pid INTEGER,"
              + " place_boot_ns BIGINT)");
      try (PreparedStatement insert =
          session.prepare("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (Place place : places) {
          insert.setString(1, place.execId());
          insert.setString(2, place.segment().entry().file());
          insert.setString(3, place.segment().entry().sha256());
          insert.setInt(4, numbers.get(place.segment()));
          insert.setInt(5, place.cpu());
          insert.setLong(6, place.seq());
          insert.setInt(7, place.pid());
          insert.setLong(8, place.bootNs());
          insert.executeUpdate();
        }
      }
      long[] rows = new long[1];
      session.execute(
          "CREATE VIEW found AS SELECT s.* EXCLUDE (segment), found_exec_id, found_file,"
              + " found_sha256 FROM places AS p JOIN staged_execs AS s ON s.segment ="
              + " place_segment AND s.cpu = place_cpu AND s.seq = place_seq AND s.pid = place_pid"
              + " AND s.boot_ns = place_boot_ns");
      session.query("SELECT count(*) FROM found", row -> rows[0] = row.getLong(1));
      if (rows[0] < places.size()) {
        throw new EngineException("the evidence was changed while it was being read", null);
      }
      session.execute(
          "COPY (FROM found ORDER BY found_exec_id, found_sha256, found_file) TO "
              + literal(file)
              + " (FORMAT parquet)");
    }
  }

  /** The captures with nothing but the segments that hold something that was found. */
  private CaptureSet holders() {
    Set<Segment> wanted = new LinkedHashSet<>();
    places.forEach(place -> wanted.add(place.segment()));
    List<Capture> captures = new ArrayList<>();
    for (Capture capture : evidence.captures()) {
      List<Segment> segments =
          capture.segments().stream()
              .filter(segment -> segment.table() == Table.EXECS && wanted.contains(segment))
              .toList();
      if (!segments.isEmpty()) {
        captures.add(new Capture(capture.path(), capture.manifest(), segments, capture.problems()));
      }
    }
    return new CaptureSet(captures, List.of());
  }
}
