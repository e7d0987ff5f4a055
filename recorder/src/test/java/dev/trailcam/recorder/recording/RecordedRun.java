// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A command that was recorded for a test, and what its capture holds. */
record RecordedRun(RecordingResult result, Manifest manifest, List<Execution> executions) {

  /** One row of execs. */
  record Execution(Map<ExecColumn, Object> values) {
    /** A column's text, its bytes taken as ISO 8859-1 so that no two differ in sight. */
    String text(ExecColumn column) {
      Object value = values.get(column);
      return value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : (String) value;
    }

    List<String> texts(ExecColumn column) {
      List<?> list = (List<?>) values.get(column);
      return list == null
          ? null
          : list.stream()
              .map(
                  item ->
                      item instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : (String) item)
              .toList();
    }

    long number(ExecColumn column) {
      return ((Number) values.get(column)).longValue();
    }
  }

  /** Something of every row of a table. */
  <T> List<T> rows(Table table, Function<Row, T> view) throws IOException {
    List<T> rows = new ArrayList<>();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (segment.table().equals(table.filePrefix())) {
        Path file = result.capture().resolve(segment.file());
        try (SegmentReader reader = SegmentReader.open(file, table)) {
          for (Row row = reader.next(); row != null; row = reader.next()) {
            rows.add(view.apply(row));
          }
        }
      }
    }
    return rows;
  }

  static RecordedRun of(Path store, long ringBytes, String... command) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (String argument : command) {
      bytes.add(argument.getBytes(UTF_8));
    }
    RecordingOptions options =
        new RecordingOptions(
            store, Optional.empty(), bytes, ringBytes, false, Keeping.EVERYTHING, "test");
    Opened opened = new Opening(options, sentence -> {}).open();
    RecordingResult result = new Recording(opened, sentence -> {}).run();
    Manifest manifest = Manifest.read(result.capture().resolve(CaptureLayout.MANIFEST));
    RecordedRun run = new RecordedRun(result, manifest, new ArrayList<>());
    run.executions.addAll(run.rows(Table.EXECS, RecordedRun::execution));
    return run;
  }

  private static Execution execution(Row row) {
    Map<ExecColumn, Object> values = new EnumMap<>(ExecColumn.class);
    for (ExecColumn column : ExecColumn.values()) {
      if (!column.derived()) {
        values.put(column, row.get(column));
      }
    }
    return new Execution(values);
  }
}
