// SPDX-License-Identifier: Apache-2.0
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded capture that others are grown from.
 *
 * @param directory where it lies
 * @param manifest what it says of itself; it has one segment of each table at most
 */
record Sample(Path directory, Manifest manifest) {
  /** The honest one first. */
  private static final List<String> NAMES =
      List.of(
          "benign-ci-build",
          "sniffing",
          "man-in-the-middle",
          "raw-sockets",
          "credentials-and-impact",
          "unusual-images",
          "shells-and-scans");

  static List<Sample> all(Path samples) throws IOException {
    List<Sample> all = new ArrayList<>();
    for (String name : NAMES) {
      try (var children = Files.newDirectoryStream(samples.resolve(name), "*Z-*")) {
        Path capture = children.iterator().next();
        all.add(new Sample(capture, Manifest.read(capture.resolve(CaptureLayout.MANIFEST))));
      }
    }
    return all;
  }

  int executions() {
    return Math.toIntExact(manifest.end().orElseThrow().recorded());
  }

  ManifestEntry.Start start() {
    return manifest.start();
  }

  /** From the first reading of the clocks to the last, nanoseconds. */
  long lengthNs() {
    return manifest.end().orElseThrow().clock().bootNs() - start().clock().bootNs();
  }
}
