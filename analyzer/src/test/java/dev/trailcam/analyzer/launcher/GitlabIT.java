// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the lines of ci/gitlab.yml as GitLab's runner does: in one text, in a shell that sees
 * errors.
 */
@NeedsRecorder
class GitlabIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "sh"})
  void scriptIsJudgedInItsEnd(String shell) throws Exception {
    FakeRunner runner = runner();
    FakeRunner.Step step = job(runner, shell, "cd /; echo fine", "never");
    assertEquals(0, step.status(), step.log());
    assertTrue(Files.exists(directory.resolve("project/trailcam/findings.ndjson")));
    assertFalse(Files.exists(directory.resolve("project.tmp/trailcam-4711")));
    // Has nothing left to do.
    FakeRunner.Step after = runner.step(List.of(shell), lines("after_script"), Map.of());
    assertEquals(0, after.status(), after.log());
    assertFalse(after.log().contains("verdict"), after.log());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "sh"})
  void findingAndFailure_failTheJob(String shell) throws Exception {
    Path sniffer = Files.copy(Path.of("/bin/true"), directory.resolve("tcpdump"));
    FakeRunner.Step step = job(runner(), shell, sniffer + " -n", "critical");
    assertEquals(1, step.status(), step.log());
    assertTrue(
        Files.readString(directory.resolve("project/trailcam/findings.ndjson"))
            .contains(sniffer + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "sh"})
  void statusOfTheScript_isKeptAndItsCaptureToo(String shell) throws Exception {
    FakeRunner.Step step = job(runner(), shell, "exit 7; echo not reached", "never");
    assertEquals(7, step.status(), step.log());
    assertFalse(step.log().contains("not reached"), step.log());
    assertTrue(Files.exists(directory.resolve("project/trailcam/captures")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "sh"})
  void cancelledScript_isEndedByAfterScript(String shell) throws Exception {
    FakeRunner runner = runner();
    FakeRunner.Step step = job(runner, shell, "kill -s KILL $(exec sh -c 'echo $PPID')", "never");
    assertFalse(Files.exists(directory.resolve("project/trailcam")), step.log());
    FakeRunner.Step after = runner.step(List.of(shell), lines("after_script"), Map.of());
    assertEquals(0, after.status(), after.log());
    assertTrue(Files.exists(directory.resolve("project/trailcam/captures")), after.log());
  }

  private FakeRunner runner() throws Exception {
    Path project = Files.createDirectory(directory.resolve("project"));
    return new FakeRunner(Files.createDirectory(directory.resolve("runner")))
        .with(
            Map.of(
                "GITLAB_CI", "true",
                "CI_PROJECT_DIR", project.toString(),
                "CI_JOB_ID", "4711",
                "CI_PROJECT_PATH", "example/hello",
                "TRAILCAM_HOME", Launcher.ROOT.toString()));
  }

  /** gitlab-runner, shells/bash.go: the lines reach eval as one text, in a shell with errexit. */
  private static FakeRunner.Step job(FakeRunner runner, String shell, String script, String failOn)
      throws Exception {
    String text = lines("before_script") + script + "\n";
    String quoted = "'" + text.replace("'", "'\\''") + "'";
    return runner.step(
        List.of(shell),
        "if set -o | grep pipefail >/dev/null; then set -o pipefail; fi; set -o errexit\n"
            + ": | eval "
            + quoted
            + "\nexit 0\n",
        Map.of("TRAILCAM_FAIL_ON", failOn));
  }

  @SuppressWarnings("unchecked") // keys of such files are strings
  private static String lines(String section) throws Exception {
    Map<String, Object> template =
        (Map<String, Object>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Launcher.ROOT.resolve("ci/gitlab.yml"), UTF_8));
    Map<String, Object> job = (Map<String, Object>) template.get(".trailcam");
    return String.join("\n", (List<String>) job.get(section)) + "\n";
  }
}
