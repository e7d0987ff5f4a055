// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuntDamageIT {
  private static final int PAGE = 4096;

  @TempDir Path temp;

  /** What is damaged is either not used, so that nothing is another, or refused by name. */
  @Test
  void damagedState_neverGivesAnotherResult() throws IOException {
    CaptureFixture.at(temp.resolve("store/a"))
        .exec("/usr/bin/true", "true")
        .exec("/usr/bin/tcpdump", "tcpdump")
        .write();
    Path state = temp.resolve("hunt.state");
    assertEquals(0, hunt(state).code());
    byte[] good = Files.readAllBytes(state);
    String expected = result(hunt(state));
    int refused = 0;
    for (int at = 17; at < good.length; at += PAGE) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) 0x55;
      Files.write(state, bad);
      Run run = hunt(state);
      if (run.code() == 0) {
        assertEquals(expected, result(run), "byte " + at);
      } else {
        assertEquals(4, run.code(), run.err());
        assertTrue(run.err().contains(state.toString()), run.err());
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  /** Of a damaged log nothing is used that is not as it was written; no finding gets lost. */
  @Test
  void damagedLog_losesNoFinding() throws IOException {
    CaptureFixture.at(temp.resolve("store/a"))
        .exec("/usr/bin/true", "true")
        .exec("/usr/bin/tcpdump", "tcpdump")
        .write();
    Path state = temp.resolve("hunt.state");
    Path log = temp.resolve("hunt.state.wal");
    assertEquals(0, hunt(state).code());
    byte[] file = Files.readAllBytes(state);
    byte[] good = Files.readAllBytes(log);
    assertTrue(good.length > 0);
    List<String> expected = findings(hunt(state));
    int step = Math.max(1, good.length / 24);
    for (int at = 5; at < good.length; at += step) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) 0x55;
      Files.write(state, file);
      Files.write(log, bad);
      Run run = hunt(state);
      if (run.code() == 0) {
        assertEquals(expected, findings(run), "byte " + at);
      } else {
        assertEquals(4, run.code(), run.err());
        assertTrue(run.err().contains(state.toString()), run.err());
      }
    }
  }

  private static List<String> findings(Run run) {
    return run.out().lines().filter(line -> line.contains("  finding ")).toList();
  }

  private static String result(Run run) {
    return run.out().replaceAll("Run [0-9]+", "Run");
  }

  private Run hunt(Path state) {
    return Run.of("hunt", "-q", "--all", "--state", state.toString(), temp.resolve("store") + "");
  }
}
