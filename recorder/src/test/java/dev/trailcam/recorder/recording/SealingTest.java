// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.recorder.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealingTest {
  @TempDir private Path capture;

  @Test
  void whatNobodyForesaw_isAFailureToo() throws IOException {
    ManifestEntry.Start start = Starts.minimal("id");
    try (ManifestAppender manifest = ManifestAppender.create(capture, start)) {
      AtomicReference<Throwable> alarm = new AtomicReference<>();
      Sealing sealing =
          new Sealing(
              new Sealer(capture, start, manifest),
              new Retention(
                  Keeping.EVERYTHING, new OldCaptures(capture, removed -> {}), capture, manifest),
              alarm::set);
      sealing.submit(capture.resolve("no name of a spool file"));
      assertInstanceOf(IllegalArgumentException.class, sealing.finish());
      assertInstanceOf(IllegalArgumentException.class, alarm.get());
    }
  }
}
