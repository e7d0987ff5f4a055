// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");

  @ParameterizedTest
  @EnumSource
  void segmentsOfEveryVersion_areReadAsTheirManifestSays(Table table) throws IOException {
    for (int version = table.since(); version <= Manifest.FORMAT_VERSION; version++) {
      assertTrue(segments(capture(version), table) > 0, "version " + version);
    }
  }

  private static int segments(Path capture, Table table) throws IOException {
    int segments = 0;
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
      segments++;
    }
    return segments;
  }

  private static Path capture(int version) throws IOException {
    try (Stream<Path> entries = Files.list(SAMPLES.resolve("contract-v" + version))) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }
}
