// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the launcher of this checkout as a user does. */
final class Launcher {
  static final Path ROOT = Path.of(System.getProperty("trailcam.root"));

  /** What a program printed, and its exit status. */
  record Run(int status, String out, String err) {}

  private Launcher() {}

  static Run trailcam(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./trailcam"));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  static Run run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(ROOT.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      int status = process.waitFor();
      return new Run(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
