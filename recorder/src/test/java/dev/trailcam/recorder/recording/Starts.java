// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.util.List;

/** First lines of manifests for tests that look at something else. */
final class Starts {
  private Starts() {}

  /** A recording of a machine of which nothing is known but its id. */
  static ManifestEntry.Start minimal(String captureId) {
    return new ManifestEntry.Start(
        Manifest.FORMAT_VERSION,
        captureId,
        "test",
        "host",
        "boot",
        null,
        null,
        "6.18",
        "x86_64",
        CiContext.NONE,
        "machine",
        null,
        1,
        1,
        1,
        ManifestEntry.MASKED,
        List.of("exec"),
        new ClockReading(1, 1, 1),
        null);
  }
}
