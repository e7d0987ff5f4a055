// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.EndReason;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the manifest of a made-up recording would say: all was watched, nothing was lost. */
final class CaseManifest {
  private static final long START_NS = 1_000_000_000L;
  private static final long END_NS = 9_000_000_000L;

  private CaseManifest() {}

  /**
   * A capture without files.
   *
   * @param source what its rows come from; stands for its segment
   * @param recorded executions it holds
   * @param offsetNs wall clock minus boot clock
   */
  static Capture capture(
      String source, String captureId, String host, String bootId, long recorded, long offsetNs) {
    ClockReading started = clock(START_NS, offsetNs);
    ClockReading ended = clock(END_NS, offsetNs);
    ManifestEntry.Start start =
        new ManifestEntry.Start(
            Manifest.FORMAT_VERSION,
            captureId,
            "a case",
            host,
            bootId,
            null,
            "ci",
            "?",
            "?",
            CiContext.NONE,
            "machine",
            null,
            0,
            0,
            1,
            ManifestEntry.RAW,
            Arrays.stream(Table.values()).map(Table::filePrefix).toList(),
            started,
            null);
    String hash = Sha256.of(captureId);
    ManifestEntry.Segment segment =
        new ManifestEntry.Segment(
            Table.EXECS.filePrefix(),
            source,
            0,
            hash,
            recorded,
            0,
            0,
            List.of(),
            Map.of(),
            null,
            null,
            ended,
            null);
    ManifestEntry.End end =
        new ManifestEntry.End(
            EndReason.SIGNAL.id(), null, recorded, recorded, Map.of(), null, ended, null);
    Manifest manifest =
        new Manifest(
            start, List.of(segment), List.of(), Optional.of(end), List.of(), hash, 0);
    Segment only = new Segment(Table.EXECS, segment, Path.of(source));
    return new Capture(source, manifest, List.of(only), List.of());
  }

  private static ClockReading clock(long bootNs, long offsetNs) {
    return new ClockReading(bootNs, bootNs, bootNs + offsetNs);
  }
}
