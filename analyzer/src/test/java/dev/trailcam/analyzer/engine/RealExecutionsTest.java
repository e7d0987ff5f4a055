// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The packed rules over executions that other sensors recorded on other people's machines. Every
 * finding was looked at, and is called right or wrong in {@code real-executions-judged.tsv}; one
 * that is new or gone has to be looked at too.
 */
class RealExecutionsTest {
  private static final Path EXECUTIONS =
      Path.of(System.getProperty("trailcam.root"), "../shared/data/real_execs.ndjson");
  private static final String JUDGED = "/dev/trailcam/analyzer/engine/real-executions-judged.tsv";

  @TempDir Path temp;

  @Test
  void findings_wereAllLookedAt() throws IOException {
    assumeTrue(
        Files.exists(EXECUTIONS), () -> EXECUTIONS + " is not here: it is not ours to hand on");
    CaptureFixture capture = CaptureFixture.at(temp.resolve("real"));
    Map<String, Integer> lines = new TreeMap<>();
    int line = 0;
    for (String text : Files.readAllLines(EXECUTIONS)) {
      JsonNode event = new ObjectMapper().readTree(text);
      if (event.path("success").asBoolean(true)) {
        lines.put(CaptureFixture.execId(lines.size()), line);
        capture.exec(execution(event));
      } else if (!lines.isEmpty()) {
        capture.event(Table.FAILED_EXECS, failure(event));
      }
      line++;
    }

    ReplayResult result =
        new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE)
            .replay(CaptureSet.open(List.of(capture.write()), name -> {}), RuleSet.packed());

    assertEquals(List.of(), result.evidenceProblems());
    assertEquals(List.of(), result.ruleProblems());
    assertEquals(lines.size(), result.executions());
    List<String> found =
        result.findings().stream()
            .map(
                finding ->
                    "%03d\t%s\t%s"
                        .formatted(
                            lines.get(finding.execution().execId()),
                            finding.rule().id(),
                            finding.severity().id()))
            .sorted()
            .toList();
    List<String> judged = new ArrayList<>();
    for (String row : judgements()) {
      String[] columns = row.split("\t", -1);
      assertTrue(columns[3].equals("right") || columns[3].equals("wrong"), row);
      assertTrue(!columns[4].isBlank(), row);
      judged.add(String.join("\t", columns[0], columns[1], columns[2]));
    }
    assertEquals(String.join("\n", judged), String.join("\n", found));
  }

  /** Line from 0, rule, severity, right or wrong, why; without the heading. */
  private static List<String> judgements() throws IOException {
    try (InputStream in = RealExecutionsTest.class.getResourceAsStream(JUDGED)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  private static Map<String, Object> execution(JsonNode event) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("exe", text(event, "exe"));
    row.put("filename", text(event, "filename"));
    row.put("argv", arguments(event, "argv", "cmdline"));
    row.put("cwd", text(event, "cwd"));
    row.put("tty", text(event, "tty"));
    row.put("parent_exe", text(event, "parent_exe"));
    row.put("parent_argv", arguments(event, "", "parent_cmdline"));
    row.put("container_id", text(event, "container"));
    row.put("uid", event.path("uid").asInt(0));
    row.values().removeIf(value -> value == null);
    if (row.containsKey("parent_exe")) {
      Object parent = row.get("parent_exe");
      row.put("ancestors", List.of(Map.of("pid", 2, "start", 1, "comm", "?", "exe", parent)));
    }
    // A task name where nothing else tells the program.
    String comm = text(event, "comm");
    row.put("comm", comm == null ? "?" : comm);
    return row;
  }

  private static Map<String, Object> failure(JsonNode event) {
    Map<String, Object> row = new LinkedHashMap<>(execution(event));
    row.keySet().retainAll(List.of("filename", "argv", "cwd", "comm", "uid"));
    row.put("errno", 2);
    return row;
  }

  /** Most sensors give the command line only, in which the ends of arguments are lost. */
  private static List<String> arguments(JsonNode event, String list, String joined) {
    if (event.path(list).isArray()) {
      List<String> arguments = new ArrayList<>();
      event.get(list).forEach(argument -> arguments.add(argument.asString()));
      return arguments;
    }
    String text = text(event, joined);
    return text == null ? null : List.of(text.split(" ", -1));
  }

  private static String text(JsonNode event, String name) {
    JsonNode value = event.path(name);
    return value.isString() && !value.asString().isEmpty() ? value.asString() : null;
  }
}
