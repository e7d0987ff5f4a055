// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.identifier;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.ManifestEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** What the manifests promise of the rows of each segment, and which segments break it. */
final class ManifestTable {
  private static final List<String> PROMISED =
      List.of("capture_id", "host", "boot_id", "environment");

  private final Session session;

  ManifestTable(Session session) {
    this.session = session;
  }

  /**
   * Fills the table {@code staged_manifests}.
   *
   * @param segments by number
   * @param captureOf the capture of each number
   */
  void create(
      List<Capture> captures, Map<Integer, Segment> segments, Map<Integer, Integer> captureOf)
      throws SQLException {
    session.execute(
        "CREATE TABLE staged_manifests (segment INTEGER, capture_id VARCHAR, host VARCHAR, boot_id"
            + " VARCHAR, environment VARCHAR)");
    try (DuckDBAppender appender = session.append("staged_manifests")) {
      for (int number : new TreeMap<>(segments).keySet()) {
        ManifestEntry.Start start = captures.get(captureOf.get(number)).manifest().start();
        appender.beginRow();
        appender.append(number);
        append(appender, start.captureId());
        append(appender, start.host());
        append(appender, start.bootId());
        append(appender, start.environment());
        appender.endRow();
      }
    }
  }

  /** Text from a manifest; U+0000 is no part of any id. */
  private static void append(DuckDBAppender appender, String value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else {
      appender.append(value.replace("\0", "\uFFFD"));
    }
  }

  /** The columns that are looked at. */
  Set<String> columns(SegmentReader reader, List<SegmentFile> files) {
    Set<String> columns = new LinkedHashSet<>(PROMISED);
    columns.retainAll(reader.schema().names());
    columns.addAll(reader.doubtful(files));
    return columns;
  }

  /** What is wrong, by number of the segment. */
  Map<Integer, String> disagreements(SegmentReader reader, List<SegmentFile> files)
      throws SQLException {
    Set<String> columns = columns(reader, files);
    List<String> terms = new ArrayList<>();
    for (String column : PROMISED) {
      if (columns.contains(column)) {
        terms.add("s." + identifier(column) + " IS DISTINCT FROM m." + column);
      }
    }
    reader.doubtful(files).forEach(column -> terms.add("s." + identifier(column) + " IS NULL"));
    Map<Integer, long[]> counts = new TreeMap<>();
    session.query(
        "SELECT s."
            + SegmentReader.SEGMENT
            + ", count(*), count(*) FILTER (WHERE "
            + terms.stream().collect(Collectors.joining(" OR "))
            + ") FROM ("
            + reader.select(files, columns)
            + ") AS s LEFT JOIN staged_manifests AS m ON m.segment = s."
            + SegmentReader.SEGMENT
            + " GROUP BY 1",
        row -> counts.put(row.getInt(1), new long[] {row.getLong(2), row.getLong(3)}));
    Map<Integer, String> wrong = new TreeMap<>();
    for (SegmentFile file : files) {
      file.segments()
          .forEach(
              (number, segment) -> {
                long[] count = counts.getOrDefault(number, new long[2]);
                long expected = segment.entry().rows();
                if (count[0] != expected) {
                  wrong.put(number, "holds " + count[0] + " rows, the manifest says " + expected);
                } else if (count[1] > 0) {
                  wrong.put(
                      number,
                      "holds "
                          + count[1]
                          + " rows that lack a mandatory value or name another capture, host or"
                          + " environment");
                }
              });
    }
    return wrong;
  }
}
