// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static String result(Run run) {
    return run.out().replaceAll("Run [0-9]+", "Run");
  }

  private Run hunt(Path state) {
    return Run.of("hunt", "-q", "--all", "--state", state.toString(), temp.resolve("store") + "");
  }
}
