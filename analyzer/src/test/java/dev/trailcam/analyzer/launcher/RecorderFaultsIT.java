// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.launcher.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to a recorder from outside; bench/faults.sh does more of it, and longer. */
@NeedsRecorder
class RecorderFaultsIT {
  private static final int INCOMPLETE = 4;
  private static final int RECORDER_FAILED = 125;

  /** The recorder, a command's parent, has given up its rights when it begins its spool. */
  private static final String AWAIT_SPOOL = "until ls \"$STORE\"/*/spool/*.spool; do :; done; ";

  /** In blocks of 512 bytes: less than what the executions of a test take. */
  private static final String SMALL_FILES = "ulimit -f 64; exec ./trailcam \"$@\"";

  @TempDir private Path directory;

  private Path store() {
    return directory.resolve("store");
  }

  private Run record(String... command) throws IOException, InterruptedException {
    return run("exec ./trailcam \"$@\"", command);
  }

  /** Runs a script with the arguments of the launcher, and $STORE. */
  private Run run(String script, String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("env", "STORE=" + store(), "sh", "-c", script, "sh"));
    all.addAll(List.of("record", "-q", "-o", store().toString()));
    all.addAll(Arrays.asList(command));
    return Launcher.run(all);
  }

  private Path capture() throws IOException {
    try (Stream<Path> entries = Files.list(store())) {
      return entries.filter(entry -> !Files.isSymbolicLink(entry)).findFirst().orElseThrow();
    }
  }

  private void assertIncompleteUntilTheEnd() throws Exception {
    Run before = Launcher.trailcam("verify", store().toString());
    assertEquals(INCOMPLETE, before.status(), before.out());
    Run recovery = Launcher.trailcam("recover", capture().toString());
    assertTrue(recovery.err().contains(": recovered: "), recovery.err());
    Run after = Launcher.trailcam("verify", store().toString());
    assertEquals(INCOMPLETE, after.status(), after.out());
  }

  @Test
  void killedByItsCommand_isIncomplete() throws Exception {
    Run run = record("--", "sh", "-c", AWAIT_SPOOL + "kill -9 $PPID");

    assertEquals(128 + 9, run.status(), run.err());
    assertIncompleteUntilTheEnd();
  }

  @Test
  void spoolCannotBeWritten_commandGoesOnAndItIsSaid() throws Exception {
    Run run =
        run(SMALL_FILES, "--", "sh", "-c", "for i in $(seq 500); do /bin/true; done; echo done");

    assertEquals(RECORDER_FAILED, run.status(), run.err());
    assertEquals("done\n", run.out());
    assertTrue(run.err().contains("NOT recording any more: "), run.err());
    assertTrue(run.err().contains("the capture is NOT complete: "), run.err());
    assertIncompleteUntilTheEnd();
  }

  @Test
  void spoolCannotBeWritten_wholeMachineIsNotWatchedForNothing() throws Exception {
    // Without a command the recorder ends by itself, or the loop would not.
    Run run =
        run(
            "("
                + SMALL_FILES
                + ") & recorder=$!;"
                + " while kill -0 $recorder 2>/dev/null; do /bin/true; done; wait $recorder");

    assertEquals(RECORDER_FAILED, run.status(), run.err());
    assertTrue(run.err().contains("NOT recording any more: "), run.err());
    assertIncompleteUntilTheEnd();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ln -s /tmp", "ln -s nothing", "mkfifo", "touch", "mkdir -m 777"})
  void hostileStore_isRefusedInOneSentence(String making) throws Exception {
    Launcher.run(List.of("sh", "-c", making + " " + store()));

    Run run = record("--", "touch", directory.resolve("ran").toString());

    assertEquals(RECORDER_FAILED, run.status(), run.err());
    assertTrue(run.err().startsWith("trailcam: " + store() + ": "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertFalse(Files.exists(directory.resolve("ran")));
  }

  @Test
  void captureIsReplacedByALink_nothingIsWrittenThere() throws Exception {
    Path victim = Files.createDirectories(directory.resolve("victim").resolve("spool")).getParent();
    Run run =
        record(
            "--",
            "sh",
            "-c",
            AWAIT_SPOOL
                + "name=$(ls \"$STORE\"); mv \"$STORE/$name\" \"$STORE/aside\"; ln -s "
                + victim
                + " \"$STORE/$name\"");

    assertEquals(RECORDER_FAILED, run.status(), run.err());
    assertTrue(run.err().contains("somebody moved it away"), run.err());
    try (Stream<Path> found = Files.walk(victim)) {
      assertEquals(List.of(victim, victim.resolve("spool")), found.sorted().toList());
    }
    Files.delete(link());
    assertIncompleteUntilTheEnd();
  }

  private Path link() throws IOException {
    try (Stream<Path> entries = Files.list(store())) {
      return entries.filter(Files::isSymbolicLink).findFirst().orElseThrow();
    }
  }

  @Test
  void straySignals_areSurvived() throws Exception {
    Run run =
        record(
            "--",
            "sh",
            "-c",
            AWAIT_SPOOL
                + "for n in 6 10 12 13 14 16 20 21 22 24 26 27 29 30 34 64; do"
                + " kill -$n $PPID; done; exit 7");

    assertEquals(7, run.status(), run.err());
    Run verify = Launcher.trailcam("verify", store().toString());
    assertEquals(0, verify.status(), verify.out());
  }

  @Test
  void rights_areTwoCapabilitiesInEveryThread() throws Exception {
    Run run =
        record(
            "--",
            "sh",
            "-c",
            AWAIT_SPOOL
                + "grep -hE '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs):' /proc/$PPID/task/*/status >&2");

    // capabilities(7): 2 is CAP_DAC_READ_SEARCH, 5 is CAP_KILL
    String two = "0000000000000024";
    String none = "0000000000000000";
    List<String> thread =
        List.of(
            "CapInh:\t" + none,
            "CapPrm:\t" + two,
            "CapEff:\t" + two,
            "CapBnd:\t" + two,
            "CapAmb:\t" + none,
            "NoNewPrivs:\t1");
    List<String> lines = run.err().lines().filter(line -> !line.startsWith("ls: ")).toList();
    assertTrue(lines.size() > 6 * 5, run.err());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(thread.get(i % 6), lines.get(i), "line " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
  void optionsForTheJvm_areTheCommandsAlone(String name) throws Exception {
    Path log = directory.resolve("log");
    String option = "-Xlog:all=info:file=" + log;
    Run run =
        run("export " + name + "='" + option + "'; exec ./trailcam \"$@\"", "--", "printenv", name);

    assertEquals(0, run.status(), run.err());
    assertEquals(option + "\n", run.out());
    assertEquals("", run.err());
    assertFalse(Files.exists(log), () -> read(log));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
