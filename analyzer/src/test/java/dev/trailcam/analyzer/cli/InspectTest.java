// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.evidence.ActivityCounts.Histogram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class InspectTest {
  @TempDir Path temp;

  private Path capture() {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c"));
    for (int i = 0; i < 3; i++) {
      fixture.exec(Map.of("exe", "/usr/bin/make", "euid", 1000));
    }
    return fixture
        .exec(Map.of("exe", "/tmp/x/tcpdump", "euid", 0))
        .exec(Map.of("exe", "/init", "euid", 0))
        .write();
  }

  @Test
  void activity_isToldToPrograms() {
    JsonNode capture =
        new ObjectMapper()
            .readTree(Run.of("inspect", "--format", "json", "" + capture()).out())
            .get("captures")
            .get(0);
    assertEquals(3, capture.get("directories").asLong());
    assertEquals(
        "[{\"directory\":\"/usr/bin\",\"executions\":3},{\"directory\":\"/\",\"executions\":1},"
            + "{\"directory\":\"/tmp/x\",\"executions\":1}]",
        capture.get("top_directories").toString());
    assertEquals(2, capture.get("top_users").size());
    assertEquals("0", capture.get("top_users").get(1).get("euid").stringValue());
    assertEquals(2, capture.get("programs_run_once").asLong());
    assertEquals(
        "/tmp/x/tcpdump", capture.get("first_run_once").get(0).get("program").stringValue());
    assertEquals(
        "{\"interval_seconds\":1,\"first\":\"2026-11-22T04:03:02Z\",\"executions\":[5]}",
        capture.get("histogram").toString());
  }

  @Test
  void bars_areBlocksWhereTheTerminalHasThem() {
    Path capture = capture();
    assertTrue(shown(capture, "de_DE.UTF-8").contains("5  ████████"));
    assertTrue(shown(capture, "C").contains("5  ########"));
    assertTrue(Run.of(Map.of("LANG", "C"), "inspect", "" + capture).out().contains("5  ███"));
  }

  private static String shown(Path capture, String locale) {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out),
            new PrintWriter(new StringWriter()),
            true,
            false,
            Map.of("LANG", locale));
    assertEquals(0, Trailcam.run(terminal, "inspect", capture.toString()));
    return out.toString();
  }

  @Test
  void histogram_fitsAScreenWhateverTheClocksSay() {
    Random random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      long first = (random.nextLong() / 1_000_000_000) >> random.nextInt(34);
      long last = first + (Math.abs(random.nextLong() / 2_000_000_000) >> random.nextInt(34));
      long length = Histogram.lengthFor(first, last);
      long intervals = Math.floorDiv(last, length) - Math.floorDiv(first, length) + 1;
      assertTrue(intervals >= 1 && intervals <= Histogram.MAX_INTERVALS, first + " " + last);
    }
    assertEquals(1, Histogram.lengthFor(0, 23));
    assertEquals(2, Histogram.lengthFor(0, 24));
    assertEquals(3_600, Histogram.lengthFor(0, 86_399));
  }
}
