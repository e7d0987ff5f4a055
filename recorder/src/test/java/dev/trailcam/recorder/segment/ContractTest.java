// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry.Segment;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The seam to the analyzer: what this module writes today has the columns that {@code
 * sample-captures/contract-v1} had when the format was fixed. The analyzer's own tests hold it to
 * the same files.
 */
final class ContractTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("trailcam.root"), "sample-captures", "contract-v1");

  @ParameterizedTest
  @EnumSource
  void segmentsOfVersion1_areReadAsTheirManifestSays(Table table) throws IOException {
    Path capture = capture();
    for (Segment segment : Manifest.read(capture.resolve(CaptureLayout.MANIFEST)).segments()) {
      if (!segment.table().equals(table.filePrefix())) {
        continue;
      }
      long rows = 0;
      try (SegmentReader reader = SegmentReader.open(capture.resolve(segment.file()), table)) {
        while (reader.next() != null) {
          rows++;
        }
      }
      assertEquals(segment.rows(), rows);
    }
  }

  private static Path capture() throws IOException {
    try (Stream<Path> entries = Files.list(SAMPLE)) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }
}
