// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine that judges what ours has written.
 *
 * @param status its exit status
 * @param out all that it printed
 */
record Tool(int status, String out) {

  /** Whether it can be run. */
  static boolean installed(String name) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, name))) {
        return true;
      }
    }
    return false;
  }

  static Tool run(Path directory, String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("tool", ".out");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException(command[0] + " hangs");
      }
      return new Tool(process.exitValue(), Files.readString(out, UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
    }
  }
}
