// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine that runs the steps of CI jobs: each in a process of its own, with these variables. */
final class FakeRunner {
  private final Path directory;
  private final Map<String, String> variables = new HashMap<>();
  private int steps;

  /** What a step printed, on both streams, how it ended, and the outputs it set. */
  record Step(int status, String log, Map<String, String> outputs, String summary) {}

  FakeRunner(Path directory) {
    this.directory = directory;
    variables.put("PATH", System.getenv("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
  }

  FakeRunner with(Map<String, String> more) {
    variables.putAll(more);
    return this;
  }

  Path directory() {
    return directory;
  }

  /** Runs a step's text in a shell, with GitHub's files for outputs and summary. */
  Step step(List<String> shell, String text, Map<String, String> more) throws Exception {
    steps++;
    Path script = Files.writeString(directory.resolve("step-" + steps), text);
    Path outputs = Files.createFile(directory.resolve("outputs-" + steps));
    Path summary = Files.createFile(directory.resolve("summary-" + steps));
    Path log = directory.resolve("log-" + steps);
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(shell));
    builder.command().add(script.toString());
    builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().putAll(more);
    // A step may belong to somebody else than this test.
    for (Path file : List.of(outputs, summary)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    builder.environment().put("GITHUB_OUTPUT", outputs.toString());
    builder.environment().put("GITHUB_STEP_SUMMARY", summary.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    int status = process.waitFor();
    return new Step(status, Files.readString(log), outputs(outputs), Files.readString(summary));
  }

  /** As the runner reads them: {@code name=value}, or a delimiter and all lines up to it. */
  private static Map<String, String> outputs(Path file) throws IOException {
    Map<String, String> outputs = new LinkedHashMap<>();
    Iterator<String> lines = Files.readAllLines(file, UTF_8).iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      int heredoc = line.indexOf("<<");
      int equals = line.indexOf('=');
      if (heredoc < 0 || (equals >= 0 && equals < heredoc)) {
        outputs.put(line.substring(0, equals), line.substring(equals + 1));
        continue;
      }
      StringBuilder value = new StringBuilder();
      String delimiter = line.substring(heredoc + 2);
      for (String next = lines.next(); !next.equals(delimiter); next = lines.next()) {
        value.append(value.isEmpty() ? "" : "\n").append(next);
      }
      outputs.put(line.substring(0, heredoc), value.toString());
    }
    return outputs;
  }
}
