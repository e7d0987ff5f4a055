// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How ci/as-root looks after a recorder, here a program whose first thread has ended: in that state
 * is, for a moment, a recorder that executes itself anew.
 */
@NeedsRecorder
class AsRootIT {
  private static final String LEADERLESS =
      """
      #include <pthread.h>
      #include <unistd.h>
      static void *stay(void *nothing) { for (;;) pause(); }
      int main(void) {
        pthread_t thread;
        pthread_create(&thread, 0, stay, 0);
        pthread_exit(0);
      }
      """;

  @TempDir private Path directory;
  private Path script;

  @BeforeEach
  void compile() throws Exception {
    Path ci = Files.createDirectory(directory.resolve("ci"));
    script = Files.copy(Launcher.ROOT.resolve("ci/as-root"), ci.resolve("as-root"));
    Path source = Files.writeString(directory.resolve("leaderless.c"), LEADERLESS);
    Launcher.Run compiled =
        Launcher.run(
            List.of(
                "cc",
                "-pthread",
                "-o",
                directory.resolve("leaderless").toString(),
                source.toString()));
    assertEquals(0, compiled.status(), compiled.err());
  }

  @Test
  void recorderThatHasNotBegun_isWaitedForAndThenKilled() throws Exception {
    recorder("");
    FakeRunner.Step begun = begin("TRAILCAM_START_TIMEOUT=1\\n");
    assertEquals(4, begun.status(), begun.log());
    assertTrue(begun.log().contains("has not begun within 1 s"), begun.log());
    ProcessHandle.of(pid()).map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
  }

  @Test
  void recorderThatHasBegun_hasNotEndedBeforeItIsAsked() throws Exception {
    recorder("echo trailcam: recording everything");
    FakeRunner.Step begun = begin("");
    assertEquals(0, begun.status(), begun.log());
    Path state = Path.of(begun.log().strip());
    Launcher.Run ended = Launcher.run(List.of(script.toString(), "end", state.toString()));
    assertEquals("stopped\n", Files.readString(state.resolve("ended")), ended.err());
    assertEquals(4, ended.status());
    assertTrue(ended.err().contains("the recorder has left no capture"), ended.err());
    Launcher.run(List.of(script.toString(), "discard", state.toString()));
  }

  private void recorder(String first) throws IOException {
    Path launcher =
        Files.writeString(
            directory.resolve("trailcam"),
            "#!/bin/sh\necho $$ >%1$s/pid\n%2$s\nexec %1$s/leaderless\n"
                .formatted(directory, first));
    assertTrue(launcher.toFile().setExecutable(true));
  }

  private FakeRunner.Step begin(String settings) throws Exception {
    Path runner = Files.createDirectory(directory.resolve("runner"));
    return new FakeRunner(runner)
        .step(List.of("sh"), "printf '" + settings + "' | " + script + " begin\n", Map.of());
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
  }
}
