// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Hunts in processes of their own, which are killed, and which get into each other's way. */
class HuntIT {
  private static final int CAPTURES = 3;
  private static final int KILLS = 20;

  @TempDir private Path temp;
  private Path store;

  @BeforeEach
  void writeStore() throws IOException {
    Files.writeString(
        temp.resolve("sniffers.sql"),
        """
        -- id: sniffers
        -- version: 1
        -- title: A rule
        -- description: Looks.
        -- severity: high
        -- status: experimental
        -- attack:
        --   tactics: [TA0007]
        -- surface: 1
        SELECT exec_id, 'seen' AS reason FROM execs WHERE exe_name = 'tcpdump'
        """);
    store = temp.resolve("store");
    for (int i = 0; i < CAPTURES; i++) {
      CaptureFixture.at(store.resolve("c" + i))
          .id("capture-" + i)
          .bootId("5b1f1c6e-0000-4000-8000-00000000001" + i)
          .exec("/usr/bin/tcpdump", "tcpdump", "-i", "eth" + i)
          .exec("/usr/bin/true", "true")
          .write();
    }
  }

  /** The points are bytes that a run has written to its state and its log. */
  @Test
  void killedHunt_goesOnWhereItWas() throws Exception {
    Path undisturbed = temp.resolve("undisturbed");
    String expected = finished(undisturbed);
    long bytes = written(undisturbed);
    Random random = new Random(20261122);
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      Path state = temp.resolve("state-" + i);
      long point = random.nextLong(bytes);
      Process process = hunt(state, temp.resolve("killed-" + i));
      while (process.isAlive() && written(state) < point) {
        Thread.onSpinWait();
      }
      process.destroyForcibly();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      killed += process.exitValue() == 0 ? 0 : 1;
      if (process.exitValue() != 0) {
        assertEquals(expected, finished(state), "killed at " + point + " bytes");
      }
    }
    assertTrue(killed > KILLS / 2, killed + " killed");
  }

  @Test
  void secondHunt_isRefusedAndHarmsNothing() throws Exception {
    Path state = temp.resolve("state");
    String expected = finished(temp.resolve("alone"));
    Process first = hunt(state, temp.resolve("first"));
    // The first transaction: before it, nobody has locked anything.
    Path log = state.resolveSibling(state.getFileName() + ".wal");
    while (first.isAlive() && !(Files.exists(log) && Files.size(log) > 0)) {
      Thread.onSpinWait();
    }
    signal("STOP", first);
    Process second = hunt(state, temp.resolve("second"));
    int code = second.waitFor();
    String error = Files.readString(temp.resolve("second.err"));
    signal("CONT", first);
    first.waitFor();
    assertEquals(4, code, error);
    assertTrue(error.contains("is in use by another hunt"), error);
    // Nothing was lost or doubled, whoever of them it was that did the work.
    assertEquals(counts(expected, "new"), counts(finished(state), "known"));
  }

  /** So that the first is at work for as long as the second takes. */
  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private static String counts(String ndjson, String which) {
    Matcher counts = Pattern.compile("\"" + which + "\":(\\{[^}]+\\})").matcher(ndjson);
    assertTrue(counts.find(), ndjson);
    return counts.group(1);
  }

  @Test
  void workflow_huntsWithAStateAndKeepsItAlsoAfterAFinding() throws IOException {
    String text = Files.readString(Launcher.ROOT.resolve("ci/hunt.yml"), UTF_8);
    Object workflow = new Load(LoadSettings.builder().build()).loadFromString(text);
    String told = workflow.toString();
    assertTrue(told.contains("trailcam/trailcam hunt -q --state hunt-state/hunt.state"), told);
    assertTrue(told.contains("if=always()"), told);
    assertTrue(told.contains("cancel-in-progress=false"), told);
  }

  @Test
  void units_nameWhatIsThere() throws IOException {
    Path units = Launcher.ROOT.resolve("packaging/systemd");
    String service = Files.readString(units.resolve("trailcam-hunt.service"));
    assertTrue(service.contains("\nExecStart=/opt/trailcam/trailcam hunt "), service);
    assertTrue(service.contains("\nProtectSystem=strict\n"), service);
    assertTrue(service.contains("\nUMask=0077\n"), service);
    assertTrue(Files.readString(units.resolve("trailcam-hunt.timer")).contains("\nOnCalendar="));
  }

  private String finished(Path state) throws Exception {
    Path out = temp.resolve("finished-" + state.getFileName());
    Process process = hunt(state, out);
    assertEquals(0, process.waitFor(), Files.readString(Path.of(out + ".err")));
    return Files.readString(out, UTF_8);
  }

  /** One boot is a batch, so that there are as many transactions as captures. */
  private Process hunt(Path state, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Dtrailcam.hunt.batch=1",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            Launcher.ROOT.resolve("analyzer/target/dist/lib") + "/*",
            "dev.trailcam.analyzer.cli.Main",
            "hunt",
            "-q",
            "--format",
            "ndjson",
            "-r",
            temp.resolve("sniffers.sql").toString(),
            "--state",
            state.toString(),
            store.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(Path.of(out + ".err").toFile())
        .start();
  }

  private static long written(Path state) throws IOException {
    long bytes = 0;
    String name = state.getFileName().toString();
    try (Stream<Path> files = Files.list(state.getParent())) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().equals(name)
            || file.getFileName().toString().equals(name + ".wal")) {
          bytes += Files.exists(file) ? file.toFile().length() : 0;
        }
      }
    }
    return bytes;
  }
}
