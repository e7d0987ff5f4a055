// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A job of a user who may run ci/as-root by sudo, and nothing else. The sudoers file is there in a
 * mount namespace of the step only.
 */
@NeedsRecorder
class SudoIT {
  private static final List<String> AS_NOBODY =
      List.of(
          "unshare",
          "--mount",
          "sh",
          "-ec",
          """
          mount -t tmpfs -o mode=0750 tmpfs /etc/sudoers.d
          echo 'nobody ALL=(root) NOPASSWD: %s/ci/as-root' >/etc/sudoers.d/trailcam
          exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -e "$1"
          """
              .formatted(Launcher.ROOT),
          "step");

  private Path directory;
  private FakeRunner runner;

  @BeforeEach
  void directoryOfTheUser() throws Exception {
    directory = Files.createTempDirectory("trailcam-sudo");
    own("nobody", directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    runner = new FakeRunner(directory).with(Map.of("RUNNER_TEMP", directory.toString()));
  }

  @AfterEach
  void remove() throws Exception {
    Launcher.run(List.of("rm", "-rf", directory.toString()));
  }

  @Test
  void userWithoutRoot_recordsAndIsGivenTheCapture() throws Exception {
    Path sniffer = Files.copy(Path.of("/bin/true"), directory.resolve("tcpdump"));
    String state = state(step("ci/start", Map.of()));
    FakeRunner.Step job = step("\"" + sniffer + "\"; ! ls " + state, Map.of());
    assertEquals(0, job.status(), job.log());

    FakeRunner.Step stop = step("ci/stop", Map.of("TRAILCAM_STATE", state));

    assertEquals(0, stop.status(), stop.log());
    Path capture = Path.of(stop.outputs().get("capture"));
    assertEquals("nobody", Files.getOwner(capture).getName());
    assertTrue(
        Files.readString(Path.of(stop.outputs().get("directory"), "findings.ndjson"))
            .contains(sniffer + "\""));
    assertFalse(Files.exists(Path.of(state)));
  }

  @Test
  void rootDoesNothingElseForThem() throws Exception {
    Path mine = Files.createDirectory(directory.resolve("trailcam-ci.mine"));
    Files.writeString(mine.resolve("recorder"), "1 1\n");
    own("nobody", mine);
    Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\ntouch " + directory + "/ran-as-root\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path foreign =
        Files.createDirectory(Path.of("/var/tmp/trailcam-ci.of-root-" + mine.hashCode()));
    try {
      Files.writeString(foreign.resolve("recorder"), "1 1\n");
      Files.writeString(foreign.resolve("starter"), "0\n");
      for (String attempt :
          List.of(
              "end " + mine,
              "discard " + mine,
              "export " + foreign,
              "discard " + foreign,
              "discard " + foreign + "/../../../etc",
              "begin <<E\nJAVA_HOME=" + directory + "/jdk\nE",
              "begin <<E\nTRAILCAM_STORE=" + directory + "\nE",
              "begin <<E\nTRAILCAM_STORE=/tmp/../" + directory + "/new\nE",
              "begin <<E\nLD_PRELOAD=/tmp/x.so\nE")) {
        FakeRunner.Step step = step("sudo -n ci/as-root " + attempt, Map.of());
        assertEquals(4, step.status(), attempt + step.log());
      }
      assertTrue(Files.exists(foreign.resolve("recorder")));
    } finally {
      Launcher.run(List.of("rm", "-rf", foreign.toString()));
    }
    assertFalse(Files.exists(directory.resolve("ran-as-root")));
    assertFalse(Files.exists(directory.resolve("new")));
  }

  private FakeRunner.Step step(String text, Map<String, String> more) throws Exception {
    Map<String, String> variables = new HashMap<>(more);
    return runner.step(AS_NOBODY, "cd " + Launcher.ROOT + "\n" + text + "\n", variables);
  }

  private static String state(FakeRunner.Step start) {
    assertEquals(0, start.status(), start.log());
    return start.outputs().get("state");
  }

  private static void own(String user, Path path) throws Exception {
    assertEquals(0, Launcher.run(List.of("chown", "-R", user, path.toString())).status());
  }
}
