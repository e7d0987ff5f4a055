// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.Table;
import dev.trailcam.capture.secrets.SecretMask;
import dev.trailcam.recorder.segment.Row;
import dev.trailcam.recorder.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real arguments without secrets, and with marks of an earlier mask, stay as they are. */
final class SampleArgumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("trailcam.root"));

  private final SecretMask mask = SecretMask.withKey("key".getBytes(UTF_8));

  @Test
  void sampleCaptures_stay() throws IOException {
    List<Path> segments = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("sample-captures"))) {
      files
          .filter(f -> f.getFileName().toString().matches("exec-.*\\.parquet"))
          .forEach(segments::add);
    }
    int executions = 0;
    for (Path segment : segments) {
      try (SegmentReader reader = SegmentReader.open(segment, Table.EXECS)) {
        for (Row row = reader.next(); row != null; row = reader.next()) {
          if (row.get(ExecColumn.ARGV) instanceof List<?> argv) {
            List<byte[]> recorded = argv.stream().map(byte[].class::cast).toList();
            assertSame(recorded, mask.mask(recorded).argv());
            executions++;
          }
        }
      }
    }
    assertTrue(executions > 3000, executions + " executions");
  }
}
