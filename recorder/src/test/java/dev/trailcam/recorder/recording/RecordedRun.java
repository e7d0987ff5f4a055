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

  static RecordedRun of(Path store, long ringBytes, String... command) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (String argument : command) {
      bytes.add(argument.getBytes(UTF_8));
    }
    RecordingResult result =
        new Recording(
                new RecordingOptions(store, Optional.empty(), bytes, ringBytes, "test"),
                sentence -> {})
            .run();
    Manifest manifest = Manifest.read(result.capture().resolve(CaptureLayout.MANIFEST));
    List<Execution> executions = new ArrayList<>();
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (segment.table().equals(Table.EXECS.filePrefix())) {
        readInto(executions, result.capture().resolve(segment.file()));
      }
    }
    return new RecordedRun(result, manifest, executions);
  }

  private static void readInto(List<Execution> executions, Path segment) throws IOException {
    try (SegmentReader reader = SegmentReader.open(segment, Table.EXECS)) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        Map<ExecColumn, Object> values = new EnumMap<>(ExecColumn.class);
        for (ExecColumn column : ExecColumn.values()) {
          if (!column.derived()) {
            values.put(column, row.get(column));
          }
        }
        executions.add(new Execution(values));
      }
    }
  }
}
