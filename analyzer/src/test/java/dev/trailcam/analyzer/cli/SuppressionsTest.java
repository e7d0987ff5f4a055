// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionsTest {
  private static final List<String> FORMATS = List.of("table", "json", "ndjson", "markdown");
  private static final String HOSTILE = "\\e[2J\\r\\n::error::x ##[error]\\u202e<b>@all";
  private static final String ENTRY =
      """
      - id: %s
        rule: sniffers
        where: %s
        owner: netops
        reason: The nightly scan of the lab network
        expires: %s
      """;

  @TempDir Path temp;
  private Path rules;
  private Path capture;

  @BeforeEach
  void aSnifferAndItsChild() throws IOException {
    rules = Files.createDirectory(temp.resolve("rules"));
    for (String file : List.of("sniffers.sql", "sniffers.md")) {
      try (InputStream in = SuppressionsTest.class.getResourceAsStream(file)) {
        Files.copy(in, rules.resolve(file));
      }
    }
    capture =
        CaptureFixture.at(temp.resolve("c"))
            .id("capture-a")
            .exec("/usr/bin/tcpdump", "tcpdump", "-i", "lab0")
            .exec("/opt/scan/tcpdump", "tcpdump")
            .exec(
                Map.of(
                    "exe",
                    "/tmp/tcpdump",
                    "argv",
                    List.of("tcpdump", "-w", "/tmp/a b"),
                    "ancestors",
                    List.of(
                        Map.of(
                            "pid",
                            100,
                            "start",
                            CaptureFixture.startBootNs(0),
                            "comm",
                            "tcpdump",
                            "exe",
                            "/usr/bin/tcpdump"))))
            .write();
  }

  @Test
  void golden() throws IOException {
    Path file =
        write(
            ENTRY.formatted("lab", "exe = '/usr/bin/tcpdump'", "2100-01-01")
                + ENTRY.formatted("old", "exe = '/opt/scan/tcpdump'", "2026-11-22T04:03:02.001Z")
                + ENTRY.formatted("unused", "host = 'gone'", "2100-01-01")
                + ENTRY.formatted("broken", "exe = 'x') OR (true", "2100-01-01")
                + ENTRY.formatted("late", "true", "never").replace("true", "'true'"));
    for (String format : FORMATS) {
      Run run = replay(file, "--format", format);
      assertEquals(3, run.code());
      assertGolden("suppressed." + format, run.out());
      if (!format.equals("table")) {
        // The last line says how long it took.
        assertGolden("suppressed.err", run.err().replaceAll("trailcam: [^\n]*peak memory.*\n", ""));
      }
    }
    assertGolden("suppressed-shown.table", replay(file, "--show-suppressed").out());
  }

  @Test
  void exitCodes_ignoreWhatIsSuppressed() throws IOException {
    Path some = write(ENTRY.formatted("a", "exe = '/usr/bin/tcpdump'", "2100-01-01"));
    assertEquals(1, replay(some, "--fail-on", "high").code());
    Path all =
        write(
            ENTRY.formatted(
                "a",
                "exe IN ('/usr/bin/tcpdump', '/opt/scan/tcpdump', '/tmp/tcpdump')",
                "2100-01-01"));
    Run run = replay(all, "--fail-on", "high");
    assertEquals(0, run.code());
    assertTrue(
        run.out().startsWith("Clean: no finding but 3 suppressed, and nothing is missing\n"),
        run::out);
    assertFalse(run.out().contains("Suppressions to look at"), run::out);
    assertEquals(3, replay(write("- id: a"), "--fail-on", "high").code());
    assertEquals(3, replay(temp.resolve("none"), "--fail-on", "high").code());
  }

  @Test
  void hostileText_reachesNoTerminal() throws IOException {
    Path file =
        write(
            """
            - id: a
              rule: sniffers
              where: "host <> '%1$s'"
              owner: "%1$s"
              reason: "%1$s"
              expires: 2100-01-01
            - id: b
              rule: "sniffers"
              where: "exe = '%1$s' OR %1$s"
              owner: "%1$s"
              reason: "%1$s"
              expires: "%1$s"
              "%1$s": 1
            """
                .formatted(HOSTILE));
    for (String format : FORMATS) {
      Run run = replay(file, "--format", format, "--show-suppressed");
      String all = run.out() + run.err();
      assertTrue(
          all.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), () -> format + all);
      assertTrue(all.lines().noneMatch(line -> line.strip().startsWith("::")), all);
      assertFalse(all.contains("##["), all);
      if (format.equals("markdown")) {
        assertTrue(run.out().lines().allMatch(SuppressionsTest::inCode), run::out);
      }
    }
  }

  /** Whether what means something to Markdown stands in code spans alone. */
  private static boolean inCode(String line) {
    String rest = line.replaceAll("`[^`]*`", "");
    return !rest.contains("<") && !rest.contains("@");
  }

  @Test
  void lint_needsNoEvidence() throws IOException {
    Path file =
        write(
            ENTRY.formatted("good", "exe = '/usr/bin/tcpdump'", "2100-01-01")
                + ENTRY.formatted("broad", "host = 'lab'", "2100-01-01")
                + ENTRY.formatted("types", "exe = 7 + host", "2100-01-01")
                + ENTRY.formatted("gone", "exe = '/a'", "2100-01-01").replace("sniffers", "gone")
                + ENTRY.formatted("asks", "exe IN (SELECT exe FROM execs)", "2100-01-01")
                + ENTRY.formatted("forever", "exe = '/a'", "never"));
    Run run = Run.of("rules", "lint", rules.toString(), "--suppressions", file.toString());
    assertEquals(3, run.code());
    assertGolden(
        "suppressions.lint",
        run.out()
            .lines()
            .filter(line -> line.contains("lab.yml"))
            .reduce("", (a, b) -> a + b + "\n"));
    Path good = write(ENTRY.formatted("good", "exe = '/usr/bin/tcpdump'", "2100-01-01"));
    assertFalse(
        Run.of("rules", "lint", rules.toString(), "--suppressions", good.toString())
            .out()
            .contains("lab.yml"));
  }

  @Test
  void savedResult_isComparedWithItsSuppressedFindings() throws IOException {
    Path file = write(ENTRY.formatted("lab", "exe = '/usr/bin/tcpdump'", "2100-01-01"));
    Path with =
        Files.writeString(temp.resolve("with.json"), replay(file, "--format", "ndjson").out());
    Path without =
        Files.writeString(
            temp.resolve("without.json"),
            Run.of("replay", "-r", rules.toString(), "--format", "json", capture.toString()).out());
    Run diff = Run.of("diff", without.toString(), with.toString());
    assertEquals(0, diff.code(), diff::err);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(temp.resolve("lab.yml"), yaml);
  }

  private Run replay(Path file, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("replay", "-r", rules.toString(), "--suppressions", file.toString()));
    arguments.addAll(List.of(options));
    arguments.add(capture.toString());
    return Run.of(arguments.toArray(String[]::new));
  }

  /** Run with -Dtrailcam.regenerate=true to write the expected files anew, then read the diff. */
  private void assertGolden(String name, String actual) throws IOException {
    String stable =
        actual
            .replace(temp.toString(), "TEMP")
            .replaceAll("[0-9a-f]{64}", "SHA256")
            .replaceAll("\"engine\" ?: ?\"[^\"]*\"", "\"engine\":\"ENGINE\"")
            .replaceAll("trailcam [0-9][^\"\n]*", "trailcam VERSION");
    Path file = Path.of("src/test/resources/dev/trailcam/analyzer/cli/expected", name);
    if (Boolean.getBoolean("trailcam.regenerate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, stable, UTF_8);
    }
    assertEquals(Files.readString(file, UTF_8), stable);
  }
}
