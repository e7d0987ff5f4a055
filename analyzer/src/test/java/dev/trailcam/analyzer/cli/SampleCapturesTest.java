// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a replay makes of real captures. */
class SampleCapturesTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");
  private static final long MAX_BYTES = 256 << 10;

  static List<Path> samples() throws IOException {
    try (Stream<Path> directories = Files.list(SAMPLES)) {
      return directories.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Which findings those are is for expectations.yml to say, and for RuleCasesTest to judge. */
  @ParameterizedTest
  @MethodSource("samples")
  void verdict_saysWhetherAnythingIsMissing(Path sample) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, Map.of());

    int code = Trailcam.run(terminal, "replay", "--format", "json", sample.toString());

    JsonNode result = new ObjectMapper().readTree(out.toString());
    boolean found = !result.get("findings").isEmpty();
    boolean lossy = sample.getFileName().toString().startsWith("contract-");
    assertEquals(
        found ? "findings" : lossy ? "inconclusive" : "clean",
        result.get("summary").get("verdict").stringValue());
    assertEquals(lossy ? 4 : 0, code, err.toString());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void captures_areSmall(Path sample) throws IOException {
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertTrue(Files.size(file) < MAX_BYTES, file.toString());
      }
    }
  }
}
