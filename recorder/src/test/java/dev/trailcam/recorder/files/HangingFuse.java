// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A FUSE file system whose daemon answers nothing: whoever asks it anything waits until it ends.
 */
final class HangingFuse implements Closeable {
  static final long MAGIC = 0x65735546;
  static final String DIRECTORY = "40755";
  static final String REGULAR = "100755";

  private final Process daemon;

  private HangingFuse(Process daemon) {
    this.daemon = daemon;
  }

  /** Mounts it over a directory or file of the same type, or skips the test. */
  static HangingFuse mount(Path place, Path scratch, String rootMode) throws IOException {
    Path script = scratch.resolve("hanging-fuse.pl");
    try (var in = HangingFuse.class.getResourceAsStream("/files/hanging-fuse.pl")) {
      Files.write(script, in.readAllBytes());
    }
    Process daemon =
        new ProcessBuilder("perl", script.toString(), place.toString(), rootMode)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line =
        new BufferedReader(new InputStreamReader(daemon.getInputStream(), UTF_8)).readLine();
    assumeTrue("mounted".equals(line), "needs FUSE and the right to mount");
    return new HangingFuse(daemon);
  }

  /** Whoever waits gets an error. */
  @Override
  public void close() throws IOException {
    daemon.getOutputStream().close();
    try {
      daemon.waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
