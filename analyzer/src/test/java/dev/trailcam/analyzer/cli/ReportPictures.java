// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.analyzer.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of docs/html-report.md anew, for somebody to look at: {@code
 * -Dtest=ReportPictures -DargLine=-Dtrailcam.pictures=true}.
 */
@EnabledIfSystemProperty(named = "trailcam.pictures", matches = "true")
class ReportPictures {
  private static final Path ROOT = Path.of(System.getProperty("trailcam.root"));

  @TempDir Path temp;

  @Test
  void take() throws IOException {
    Path file = temp.resolve("report.html");
    Run run =
        Run.of("report", "-o", "" + file, "" + ROOT.resolve("sample-captures/man-in-the-middle"));
    assertEquals(0, run.code(), run.err());
    try (Chromium chromium = new Chromium(temp.resolve("profile"))) {
      chromium.prefer("light");
      chromium.open(file, 1280, 1100);
      chromium.evaluate("document.querySelectorAll('.finding')[1].open = true");
      chromium.settle();
      Files.write(ROOT.resolve("docs/report.png"), chromium.screenshot());
      chromium.prefer("dark");
      chromium.open(file, 1280, 1240);
      chromium.evaluate("document.getElementById('tree').scrollIntoView()");
      chromium.settle();
      Files.write(ROOT.resolve("docs/report-dark.png"), chromium.screenshot());
    }
  }
}
