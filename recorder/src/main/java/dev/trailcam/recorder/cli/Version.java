// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.IVersionProvider;

/** Name and version of this program, from a file the build fills in. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {read()};
  }

  static String read() throws IOException {
    try (InputStream in = Version.class.getResourceAsStream("/dev/trailcam/recorder/version.txt")) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
