// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.rules.CaseRow.Ancestor;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/** Puts captures that were written by hand into the tables that {@link EvidenceTables} makes. */
final class WrittenTables {
  private final Session session;
  private final List<WrittenCapture> captures;

  private WrittenTables(Session session, List<WrittenCapture> captures) {
    this.session = session;
    this.captures = captures;
  }

  static LoadedEvidence load(Session session, List<WrittenCapture> captures) throws SQLException {
    return new WrittenTables(session, captures).load();
  }

  private LoadedEvidence load() throws SQLException {
    List<Capture> heads = new ArrayList<>();
    Map<Integer, Segment> segments = new HashMap<>();
    for (int i = 0; i < captures.size(); i++) {
      Capture head = captures.get(i).capture();
      heads.add(head);
      segments.put(i, head.segments().get(0));
    }
    for (Table table : Table.values()) {
      EvidenceTables.create(session, table);
      try (DuckDBAppender appender = session.append("staged_" + table.sqlName())) {
        for (int i = 0; i < captures.size(); i++) {
          for (Map<Column, Object> row : captures.get(i).rows().getOrDefault(table, List.of())) {
            append(appender, table, row, i);
          }
        }
      }
    }
    CaptureTable.create(session, heads);
    return new LoadedEvidence(heads, segments);
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
