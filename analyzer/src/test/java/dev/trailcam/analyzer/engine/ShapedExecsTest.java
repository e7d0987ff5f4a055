// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.ReplayReport;
import dev.trailcam.analyzer.report.Style;
import dev.trailcam.analyzer.rules.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is judged once for many is what would have been judged for each. */
class ShapedExecsTest {
  private static final Path QUERIES = Path.of("..", "queries");
  private static final Path SAMPLES = Path.of("..", "sample-captures");

  @TempDir private Path temp;

  @Test
  void shapes_findWhatRowsFind() throws IOException {
    RuleSet packed = RuleSet.packed();
    RuleSet foreign = RuleSet.of(List.of(withForeignViews()));
    assertTrue(packed.surface().hasPackedViews());
    assertFalse(foreign.surface().hasPackedViews()); // so it has to see every row

    ReplayResult shapes = replay(EngineOptions.DEFAULT, packed, SAMPLES);
    ReplayResult rows = replay(EngineOptions.DEFAULT, foreign, SAMPLES);

    assertEquals(List.of(), rows.ruleProblems());
    assertEquals(rows.executions(), shapes.executions());
    assertTrue(shapes.findings().size() > 100);
    assertEquals(said(rows), said(shapes));
  }

  @Test
  void bytes_dependOnNeitherThreadsNorOrder() throws IOException {
    List<Path> captures = new ArrayList<>();
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      samples.filter(Files::isDirectory).sorted().forEach(captures::add);
    }
    Path[] sorted = captures.toArray(new Path[0]);
    String expected = json(replay(new EngineOptions(1, ""), RuleSet.packed(), sorted));
    Collections.reverse(captures);
    Path[] reversed = captures.toArray(new Path[0]);
    for (int threads : List.of(2, 4)) {
      EngineOptions options = new EngineOptions(threads, "");
      assertEquals(expected, json(replay(options, RuleSet.packed(), reversed)), threads + "");
    }
  }

  @Test
  void whatARuleDoesNotRead_isAnErrorToAskFor() throws Exception {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls", "ls").write();
    CaptureSet set = CaptureSet.open(List.of(capture), name -> {});
    try (Session session = new Session(EngineOptions.DEFAULT);
        Replay replay =
            new Replay(
                session,
                RuleSet.packed().only("net_sniff_tool_exec"::equals),
                EngineOptions.DEFAULT,
                Progress.NONE,
                new RunStatistics(),
                Asked.FINDINGS)) {
      EvidenceTables tables =
          new EvidenceTables(session, set.captures(), Progress.NONE, new RunStatistics());
      tables.stage();
      replay.read(tables, set.captures());
      for (String sql :
          List.of(
              "SELECT mtime FROM execs",
              "SELECT count(*) FROM exits",
              "SELECT cwd FROM " + ShapedExecs.SCHEMA + ".execs")) {
        assertFalse(Onlooker.binds(session, sql) && runs(session, sql), sql);
      }
      assertTrue(runs(session, "SELECT exe FROM " + ShapedExecs.SCHEMA + ".execs"));
    }
  }

  @Test
  void shapesAreCompared_valueByValue() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec(Map.of("exe", "/bin/a", "argv", List.of("x y")))
            .exec(Map.of("exe", "/bin/a", "argv", List.of("x", "y")))
            .exec(Map.of("exe", "/bin/a", "argv", List.of("x", "y", "")))
            .exec(Map.of("exe", "/bin/a", "argv", List.of()))
            .exec(Map.of("exe", "/bin/a"))
            .write();
    Path rule = temp.resolve("argc.sql");
    Files.writeString(
        rule,
        """
        -- id: argc
        -- version: 1
        -- title: Test
        -- description: A test
        -- severity: low
        -- status: experimental
        -- surface: 1
        SELECT exec_id, coalesce(cmdline(argv), 'unknown') || argc(argv) AS reason FROM execs
        """);
    ReplayResult result = replay(EngineOptions.DEFAULT, RuleSet.of(List.of(rule)), capture);
    assertEquals(
        List.of("x y1", "x y2", "x y 3", "0", "unknown0"),
        result.findings().stream().map(finding -> finding.reason()).toList());
  }

  private static boolean runs(Session session, String sql) {
    try {
      session.query(sql, row -> {});
      return true;
    } catch (java.sql.SQLException e) {
      return false;
    }
  }

  private Path withForeignViews() throws IOException {
    Path root = temp.resolve("queries");
    for (String part : List.of("rules", "lists", "views", "prelude")) {
      try (Stream<Path> files = Files.walk(QUERIES.resolve(part))) {
        for (Path file : files.sorted().toList()) {
          Path copy = root.resolve(QUERIES.relativize(file));
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
      }
    }
    Path view = root.resolve("views").resolve("execs.sql");
    Files.writeString(view, Files.readString(view) + "-- ours\n");
    return root;
  }

  private static List<String> said(ReplayResult result) {
    return result.findings().stream()
        .map(
            finding ->
                String.join(
                    " ",
                    finding.id(),
                    finding.rule().id(),
                    finding.severity().id(),
                    finding.reason(),
                    finding.captureId(),
                    finding.segment(),
                    finding.incident(),
                    finding.execution().toString()))
        .toList();
  }

  private static ReplayResult replay(EngineOptions options, RuleSet rules, Path... captures) {
    return new Engine("trailcam test", options, Progress.NONE)
        .replay(CaptureSet.open(List.of(captures), name -> {}), rules);
  }

  private static String json(ReplayResult result) throws IOException {
    StringWriter out = new StringWriter();
    try (PrintWriter writer = new PrintWriter(out)) {
      ReplayReport.write(result, Format.JSON, new Style(false, 80), writer);
    }
    return out.toString();
  }
}
