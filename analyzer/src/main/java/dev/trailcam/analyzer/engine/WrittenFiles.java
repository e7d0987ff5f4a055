// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.rules.CaseRow.Ancestor;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.duckdb.DuckDBAppender;

/**
 * Makes files of captures that were written by hand: a part of each table's file is a capture's.
 */
final class WrittenFiles {
  private final Session session;
  private final List<WrittenCapture> captures;

  private WrittenFiles(Session session, List<WrittenCapture> captures) {
    this.session = session;
    this.captures = captures;
  }

  /** Writes them into the private directory. */
  static WrittenFiles write(Session session, List<WrittenCapture> captures) throws SQLException {
    WrittenFiles files = new WrittenFiles(session, captures);
    for (Table table : Table.values()) {
      files.write(table);
    }
    return files;
  }

  private void write(Table table) throws SQLException {
    SegmentSchema schema = SegmentSchema.of(table);
    session.execute(
        "CREATE TABLE written ("
            + schema.definition(schema.names())
            + ", "
            + SegmentFile.PART
            + " INTEGER NOT NULL)");
    try (DuckDBAppender appender = session.append("written")) {
      for (int i = 0; i < captures.size(); i++) {
        for (Map<Column, Object> row : captures.get(i).rows().getOrDefault(table, List.of())) {
          append(appender, table, row, i);
        }
      }
    }
    session.execute("COPY written TO " + literal(file(table)) + " (FORMAT parquet)");
    session.execute("DROP TABLE written");
  }

  private Path file(Table table) {
    return session.directory().path().resolve("written-" + table.filePrefix() + ".parquet");
  }

  /** The captures, with their parts of the files as segments. */
  List<Capture> captures() {
    List<Capture> withSegments = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      Capture head = captures.get(i).capture();
      List<Segment> segments = new ArrayList<>();
      for (Table table : Table.values()) {
        segments.add(
            new Segment(table, head.segments().get(0).entry(), file(table), OptionalInt.of(i)));
      }
      withSegments.add(new Capture(head.path(), head.manifest(), segments, head.problems()));
    }
    return withSegments;
  }

  private static void append(
      DuckDBAppender appender, Table table, Map<Column, Object> row, int segment)
      throws SQLException {
    appender.beginRow();
    for (Column column : table.storedColumns()) {
      Object value = row.get(column);
      if (value == null) {
        appender.appendNull();
      } else {
        append(appender, column.type(), value);
      }
      // The companion with the bytes of what is no valid text; text written by hand is.
      if (column.type().text()) {
        appender.appendNull();
      }
    }
    appender.append(segment);
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, ColumnType type, Object value)
      throws SQLException {
    switch (type) {
      case BOOLEAN -> appender.append((Boolean) value);
      case INT32 -> appender.append(Math.toIntExact((Long) value));
      case INT64 -> appender.append((Long) value);
      case TIMESTAMP_MICROS -> appender.append(((Instant) value).atOffset(ZoneOffset.UTC));
      case STRING, TEXT -> appender.append((String) value);
      case STRING_LIST, TEXT_LIST -> appender.append((List<?>) value);
      case ANCESTORS -> appender.append(structs((List<?>) value));
    }
  }

  private static List<Map<String, Object>> structs(List<?> ancestors) {
    List<Map<String, Object>> structs = new ArrayList<>();
    for (Object element : ancestors) {
      Ancestor ancestor = (Ancestor) element;
      Map<String, Object> struct = new LinkedHashMap<>(); // in the order of the fields
      struct.put("pid", ancestor.pid() == null ? null : Math.toIntExact(ancestor.pid()));
      struct.put("start", ancestor.start());
      struct.put("comm", ancestor.comm());
      struct.put("exe", ancestor.exe());
      structs.add(struct);
    }
    return structs;
  }
}
