// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the packed rules find in real captures is what their scenarios did, and nothing else. */
class SampleCapturesTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");
  private static final long MAX_BYTES = 256 << 10;

  static List<Path> samples() throws IOException {
    try (Stream<Path> directories = Files.list(SAMPLES)) {
      return directories.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void findings_areExactlyTheExpected(Path sample) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, Map.of());

    int code = Trailcam.run(terminal, "replay", "--format", "ndjson", sample.toString());

    Map<String, List<List<String>>> found = new TreeMap<>();
    String verdict = null;
    for (String line : out.toString().lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.get("type").stringValue().equals("summary")) {
        verdict = node.get("verdict").stringValue();
        continue;
      }
      List<String> argv = new ArrayList<>();
      node.get("process").get("argv").forEach(argument -> argv.add(argument.stringValue()));
      found
          .computeIfAbsent(node.get("rule").get("id").stringValue(), id -> new ArrayList<>())
          .add(argv);
    }
    assertEquals(inOneOrder(expectations(sample)), inOneOrder(found));
    boolean lossy = sample.getFileName().toString().startsWith("contract-");
    assertEquals(!found.isEmpty() ? "findings" : lossy ? "inconclusive" : "clean", verdict);
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

  private static Map<String, List<List<String>>> inOneOrder(
      Map<String, List<List<String>>> executions) {
    Map<String, List<List<String>>> ordered = new TreeMap<>();
    executions.forEach(
        (rule, argvs) ->
            ordered.put(
                rule, argvs.stream().sorted(Comparator.comparing(List::toString)).toList()));
    return ordered;
  }

  @SuppressWarnings("unchecked") // a wrong shape is a failure all the same
  private static Map<String, List<List<String>>> expectations(Path sample) throws IOException {
    String text = Files.readString(sample.resolve("expectations.yml"), UTF_8);
    return (Map<String, List<List<String>>>)
        new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
