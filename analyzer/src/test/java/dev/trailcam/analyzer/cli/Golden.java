// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected output. Run with -Dtrailcam.regenerate=true to write it anew, then read the diff. */
final class Golden {
  private static final Path EXPECTED =
      Path.of("src/test/resources/dev/trailcam/analyzer/cli/expected");

  private Golden() {}

  static void check(String name, String actual) throws IOException {
    // The hash of a segment depends on the version of the engine that wrote it.
    String stable =
        actual
            .replaceAll("[0-9a-f]{64}", "SHA256")
            .replaceAll("DuckDB v[0-9][^\"\n]*", "ENGINE")
            .replace(Version.text().substring(Version.text().indexOf(' ') + 1), "VERSION");
    Path file = EXPECTED.resolve(name);
    if (Boolean.getBoolean("trailcam.regenerate")) {
      Files.writeString(file, stable, UTF_8);
    }
    assertEquals(Files.readString(file, UTF_8), stable);
  }
}
