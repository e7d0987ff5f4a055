// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real processes leave behind that are ended early; how fast that is, bench/ measures. */
class InterruptionIT {
  private static final String RULE =
      """
      -- id: %s
      -- version: 1
      -- title: Test
      -- description: A test
      -- severity: low
      -- status: experimental
      -- surface: 1
      SELECT a.exec_id, 'x' AS reason FROM execs a%s
      """;

  private final List<Process> started = new ArrayList<>();

  @TempDir Path temp;
  private Path tmp;
  private Path out;
  private Path capture;

  @BeforeEach
  void write() throws IOException {
    tmp = Files.createDirectory(temp.resolve("tmp"));
    out = Files.createDirectory(temp.resolve("out"));
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c"));
    for (int i = 0; i < 100; i++) {
      fixture.exec("/bin/true", "true", "" + i);
    }
    capture = fixture.write();
    Files.writeString(temp.resolve("short.sql"), RULE.formatted("short", ""));
    // 10^16 rows: it has not ended when somebody ends it.
    Files.writeString(
        temp.resolve("endless.sql"),
        RULE.formatted(
            "endless",
            ", execs b, execs c, execs d, execs e, execs f, execs g, execs h"
                + " WHERE (b.pid + c.pid + d.pid + e.pid + f.pid + g.pid + h.pid) % 1000003 = 7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"checking", "reading", "rule short", "collecting", "reporting"})
  void interrupt_inEveryPhase_leavesNothing(String phase) throws Exception {
    Process run = start(phase, "short.sql");
    String said = new String(run.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(130, run.waitFor(), said);
    assertEquals("", said);
    assertNothingLeft();
  }

  @Test
  void interrupt_ofAStatementAtWork_leavesNothing() throws Exception {
    Process run = start("never", "endless.sql");
    awaitRule(run);
    signal("-INT", run);
    assertEquals(130, run.waitFor());
    assertNothingLeft();
  }

  @Test
  void terminate_isTheSame() throws Exception {
    Process run = start("never", "endless.sql");
    awaitRule(run);
    signal("-TERM", run);
    assertEquals(128 + 15, run.waitFor());
    assertNothingLeft();
  }

  @Test
  void killed_isTidiedUpByTheNextRun_andALiveOneIsLeftAlone() throws Exception {
    Process killed = start("never", "endless.sql");
    awaitRule(killed);
    Process alive = start("never", "endless.sql");
    awaitRule(alive);
    assertEquals(2, privateDirectories());

    assertEquals(0, start("never", "short.sql").waitFor());
    assertEquals(2, privateDirectories());

    signal("-KILL", killed);
    assertEquals(128 + 9, killed.waitFor());
    assertEquals(0, start("never", "short.sql", "again").waitFor());
    assertEquals(1, privateDirectories());

    signal("-INT", alive);
    assertEquals(130, alive.waitFor());
    assertEquals(0, privateDirectories());
  }

  private Process start(String phase, String rule) throws IOException {
    return start(phase, rule, "result");
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String phase, String rule, String result) throws IOException {
    Process process =
        new ProcessBuilder(
                // Whoever started the tests in the background may have had it ignored.
                "env",
                "--default-signal=INT",
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + tmp,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedRun.class.getName(),
                phase,
                capture.toString(),
                temp.resolve(rule).toString(),
                out.resolve(result).toString())
            .start();
    started.add(process);
    return process;
  }

  private static void awaitRule(Process run) throws IOException {
    String line = new BufferedReader(new InputStreamReader(run.getInputStream(), UTF_8)).readLine();
    assertEquals("running", line);
  }

  private static void signal(String signal, Process run) throws Exception {
    int status = new ProcessBuilder("kill", signal, "" + run.pid()).inheritIO().start().waitFor();
    assertEquals(0, status);
  }

  private long privateDirectories() throws IOException {
    try (Stream<Path> files = Files.list(tmp)) {
      return files.filter(file -> file.getFileName().toString().startsWith("trailcam-")).count();
    }
  }

  private void assertNothingLeft() throws IOException {
    for (Path directory : List.of(tmp, out)) {
      try (Stream<Path> files = Files.list(directory)) {
        assertTrue(files.findAny().isEmpty(), () -> "left in " + directory);
      }
    }
  }
}
