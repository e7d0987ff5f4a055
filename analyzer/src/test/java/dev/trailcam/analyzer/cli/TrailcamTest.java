// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailcamTest {
  private static final String HOSTILE = "\u001b[2J\u009b\r\n::error::x\n##[error]\u202e\u2028";

  @TempDir Path temp;
  private Path rules;

  @BeforeEach
  void writeRules() throws IOException {
    rules = Files.createDirectory(temp.resolve("rules"));
    for (String file : List.of("sniffers.sql", "sniffers.md")) {
      try (InputStream in = TrailcamTest.class.getResourceAsStream(file)) {
        Files.copy(in, rules.resolve(file));
      }
    }
  }

  @Test
  void exitCodes() throws IOException {
    Path clean = CaptureFixture.at(temp.resolve("clean")).bootId("b1").exec("/bin/ls").write();
    Path found = CaptureFixture.at(temp.resolve("found")).exec("/usr/bin/tcpdump").write();
    Path lossy = CaptureFixture.at(temp.resolve("lossy")).bootId("b2").lost(1).write();
    assertEquals(0, replay(clean).code());
    assertEquals(0, replay(found).code());
    assertEquals(1, replay(found, "--fail-on", "high").code());
    assertEquals(0, replay(found, "--fail-on", "critical").code());
    assertEquals(4, replay(lossy).code());
    assertEquals(4, Run.of("replay", "-r", rules.toString(), "" + found, "" + lossy).code());
    assertEquals(4, replay(temp.resolve("nowhere")).code());
    Files.writeString(rules.resolve("broken.sql"), "SELECT 1");
    assertEquals(3, Run.of("replay", "--fail-on", "low", "-r", "" + rules, "" + temp).code());
    assertEquals(3, Run.of("replay", "-r", rules + "/broken.sql", "" + found).code());
    assertEquals(0, Run.of("verify", "" + clean).code());
    assertEquals(4, Run.of("verify", "" + lossy).code());
    assertEquals(0, Run.of("inspect", "" + clean).code());
    assertEquals(4, Run.of("inspect", "" + temp).code());
    assertEquals(2, Run.of("replay").code());
    assertEquals(2, Run.of("replay", "--format", "xml", "" + clean).code());
    assertEquals(2, Run.of("inspect", "--format", "markdown", "" + clean).code());
    assertEquals(2, Run.of("verify", "--format", "markdown", "" + clean).code());
    assertEquals(2, Run.of("replay", "--threads", "-1", "" + clean).code());
    assertEquals(2, Run.of("replay", "--memory", "lots", "" + clean).code());
    assertEquals(2, Run.of().code());
    assertEquals(0, Run.of("replay", "--help").code());
  }

  @Test
  void usageError_saysTheNextMove() {
    assertEquals(
        new Run(
            2,
            "",
            "trailcam: Unknown option: '--nonsense\\x1b'\ntrailcam: try: trailcam replay --help\n"),
        Run.of("replay", "--nonsense\u001b", "x"));
    for (String seconds : List.of("0", "-1", "86401", "10m")) {
      Run run = Run.of("replay", "--rule-timeout", seconds, "x");
      assertEquals(2, run.code(), run::err);
      assertTrue(run.err().contains("--rule-timeout"), run::err);
    }
  }

  @Test
  void golden() throws IOException {
    Path captures = temp.resolve("captures");
    sample(captures);
    for (String format : List.of("table", "json", "ndjson", "markdown")) {
      Run run = Run.of("replay", "-r", rules.toString(), "--format", format, captures.toString());
      assertGolden("replay." + format, run.out());
    }
    assertGolden("inspect.table", Run.of("inspect", captures.toString()).out());
    assertGolden("verify.table", Run.of("verify", captures.toString()).out());
    assertGolden("verify.json", Run.of("verify", "--format", "json", captures.toString()).out());
  }

  @Test
  void summary_isOnStandardErrorAlone() {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls").write();
    Run one = replay(capture);
    String line =
        "trailcam: 1 executions and 0 other events, 1 rules: [0-9.,]+ s, [0-9,]+ executions/s,"
            + " peak memory [0-9,]+ MB\n";
    assertTrue(one.err().matches(line), one.err());
    Run verbose = replay(capture, "-v");
    assertTrue(
        verbose
            .err()
            .matches(
                line
                    + "trailcam: slowest rules: sniffers [0-9.]+ s\n"
                    + "trailcam: read 1 segments, [0-9.]+ MB; skipped 0 segments and unused"
                    + " columns, 0.0 MB\n"),
        verbose.err());
    assertEquals(new Run(0, one.out(), ""), replay(capture, "-q"));
    assertEquals(one.out(), verbose.out());
  }

  @Test
  void manyWindows_areCutWherePeopleReadThem() throws IOException {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls");
    for (int i = 1; i <= 7; i++) {
      fixture.lostBetween(i * 100_000_000L, i * 100_000_000L + 50_000_000, Table.EXECS, i);
    }
    Path capture = fixture.withoutEnd().write();
    for (String format : List.of("table", "markdown")) {
      assertGolden("windows." + format, replay(capture, "--format", format).out());
    }
    long lines =
        replay(capture, "--format", "ndjson")
            .out()
            .lines()
            .filter(line -> line.startsWith("{\"type\":\"inconclusive_window\","))
            .count();
    assertEquals(8, lines);
  }

  @Test
  void hostileText_reachesNoTerminal() {
    Path capture =
        CaptureFixture.at(temp.resolve("c" + HOSTILE))
            .host(HOSTILE)
            .environment(HOSTILE)
            .ci(
                new CiContext(
                    HOSTILE, HOSTILE, null, null, null, null, HOSTILE, null, HOSTILE, null))
            .exec(
                Map.of(
                    "exe",
                    "/tmp/" + HOSTILE + "/tcpdump",
                    "argv",
                    List.of(HOSTILE, "::warning::y"),
                    "cwd",
                    HOSTILE,
                    "parent_argv",
                    List.of(HOSTILE)))
            .lost(1)
            .write();
    for (String verb : List.of("replay", "inspect", "verify")) {
      for (String format : List.of("table", "json", "ndjson", "markdown")) {
        if (format.equals("markdown") && !verb.equals("replay")) {
          continue;
        }
        List<String> arguments = new ArrayList<>(List.of(verb, "--format", format));
        if (verb.equals("replay")) {
          arguments.addAll(List.of("-r", rules.toString()));
        }
        arguments.add(capture.toString());
        Run run = Run.of(arguments.toArray(String[]::new));
        String all = run.out() + run.err();
        assertEquals(4, run.code(), all);
        assertFalse(all.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), all);
        assertFalse(all.contains("##["), all);
        assertTrue(all.lines().noneMatch(line -> line.strip().startsWith("::")), all);
      }
    }
  }

  @Test
  void hostileText_isNeverMarkdown() {
    String hostile =
        "`[l](http://e)` ![i](u) <img src=x> </details> http://e @a #1\n\n# h\n- b\n|" + HOSTILE;
    Path capture =
        CaptureFixture.at(temp.resolve("c" + hostile.replace('/', ':')))
            .id(hostile)
            .host(hostile)
            .environment(hostile)
            .ci(new CiContext(hostile, hostile, null, null, null, null, hostile, null, null, null))
            .exec(
                Map.of(
                    "exe",
                    "/" + hostile + "/tcpdump",
                    "argv",
                    List.of(hostile),
                    "container_id",
                    hostile,
                    "parent_argv",
                    List.of(hostile)))
            .lost(1)
            .write();
    Run run = replay(capture, "--format", "markdown");
    List<String> headings = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Parser.builder()
        .build()
        .parse(run.out())
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                headings.add(TextContentRenderer.builder().build().render(heading));
                super.visit(heading);
              }

              @Override
              public void visit(Text node) {
                text.append(node.getLiteral());
              }

              @Override
              public void visit(Link link) {
                throw new AssertionError(link + run.out());
              }

              @Override
              public void visit(Image image) {
                throw new AssertionError(image + run.out());
              }

              @Override
              public void visit(HtmlInline html) {
                throw new AssertionError(html + run.out());
              }

              @Override
              public void visit(HtmlBlock html) {
                throw new AssertionError(html + run.out());
              }
            });
    assertEquals(
        List.of(
            "Trailcam: 1 finding: 1 high",
            "HIGH: A sniffer was executed",
            "Executions lost",
            "What is wrong with the evidence"),
        headings);
    assertFalse(text.toString().matches("(?s).*(http|@|#|<|\\[).*"), text.toString());
  }

  @Test
  void markdown_staysBelowTheLimitOfASummary() {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c")).host("\u4e2d".repeat(64));
    for (int i = 0; i < 60; i++) {
      String wide = "\u4e2d".repeat(4000);
      fixture.exec(
          Map.of(
              "exe", "/" + wide + "/tcpdump", "argv", List.of(wide), "parent_argv", List.of(wide)));
    }
    Run run = replay(fixture.write(), "--format", "markdown");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("**Only 50 of 60 findings are shown**"), run.out());
    assertTrue(run.out().getBytes(UTF_8).length < 1 << 20);
    assertTrue(run.out().getBytes(UTF_8).length > 1 << 18, "the test is not about short texts");
  }

  @Test
  void nastyDirectoryNames_readTheRightFiles() {
    List<String> names =
        List.of(
            "host=x", "br[ab]", "bra", "it's", "a\"b", "a;b", "a\nb", "*", "?", "-rf", "$HOME",
            "http:", "ü");
    Path store = temp.resolve("store");
    for (String name : names) {
      CaptureFixture.at(store.resolve(name))
          .bootId("boot-" + name)
          .exec("/usr/bin/tcpdump", "tcpdump", name)
          .write();
    }
    Run run = replay(store, "--format", "ndjson");
    assertEquals(0, run.code(), run.err());
    assertEquals(names.size() + 1, run.out().lines().count());
    assertTrue(run.out().lines().limit(names.size()).allMatch(l -> l.contains("\"runner-7\"")));
  }

  @Test
  void sameInput_givesTheSameBytes() throws IOException {
    Path captures = temp.resolve("captures");
    sample(captures);
    List<String> paths =
        new ArrayList<>(List.of(captures + "/a", captures + "/b", captures + "/c"));
    TimeZone zone = TimeZone.getDefault();
    List<String> outputs = new ArrayList<>();
    try {
      for (String threads : List.of("1", "2", "4")) {
        for (String id : List.of("UTC", "Asia/Kathmandu", "America/New_York")) {
          TimeZone.setDefault(TimeZone.getTimeZone(id));
          Collections.rotate(paths, 1);
          List<String> arguments =
              new ArrayList<>(List.of("replay", "--format", "json", "--threads", threads));
          arguments.addAll(List.of("-r", rules.toString()));
          arguments.addAll(paths);
          outputs.add(Run.of(arguments.toArray(String[]::new)).out());
        }
      }
    } finally {
      TimeZone.setDefault(zone);
    }
    assertEquals(1, outputs.stream().distinct().count());
  }

  @Test
  void badCapture_changesNothingForTheGoodOnes() throws IOException {
    Path captures = temp.resolve("captures");
    sample(captures);
    Run before = replay(captures, "--format", "ndjson");
    Path bad = CaptureFixture.at(captures.resolve("bad")).exec("/usr/bin/tcpdump").write();
    Path segment = bad.resolve("exec-000001.parquet");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    Run after = replay(captures, "--format", "ndjson");
    assertEquals(4, after.code());
    assertEquals(findings(before), findings(after));
    assertTrue(after.err().contains(segment + ": was altered"), after.err());
  }

  @Test
  void output_isANewFile() throws IOException {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/usr/bin/tcpdump").write();
    Path file = temp.resolve("out.json");
    Run first = replay(capture, "--format", "json", "-o", file.toString());
    assertEquals("", first.out());
    assertEquals(replay(capture, "--format", "json").out(), Files.readString(file));
    Run second = replay(capture, "--format", "json", "-o", file.toString());
    assertEquals(2, second.code());
    assertTrue(second.err().contains("exists already"), second.err());
    try (var left = Files.list(temp)) {
      assertTrue(left.noneMatch(path -> path.toString().endsWith(".tmp")));
    }
  }

  @Test
  void color_isAskedFor() {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/usr/bin/tcpdump").write();
    assertFalse(replay(capture).out().contains("\u001b"));
    assertTrue(replay(capture, "--color", "always").out().contains("\u001b[31mHIGH\u001b[0m"));
  }

  /** A finding in CI, a lossy machine without environment, and one with a missing segment. */
  private static void sample(Path captures) throws IOException {
    CaptureFixture.at(captures.resolve("a"))
        .id("capture-a")
        .ci(new CiContext("github", "acme/app", null, null, null, null, "991", null, "build", null))
        .exec("/usr/bin/make", "make", "test")
        .exec(
            Map.of(
                "exe",
                "/usr/bin/tcpdump",
                "filename",
                "/usr/sbin/tcpdump",
                "argv",
                List.of("tcpdump", "-w", "/tmp/a b"),
                "uid",
                0,
                "login_uid",
                1000,
                "cwd",
                "/home/ci",
                "parent_argv",
                List.of("sh", "-c", "make test"),
                "ancestors",
                List.of(
                    Map.of("pid", 7, "start", 1, "comm", "sh", "exe", "/bin/sh"),
                    Map.of("pid", 1, "start", 1, "comm", "systemd", "exe", "/sbin/init"))))
        .event(Table.EXITS, Map.of("exit_code", 0))
        .event(Table.EXITS, Map.of("signal", 9))
        .event(Table.FAILED_EXECS, Map.of("filename", "/bin/nowhere", "errno", 2))
        .event(Table.RAW_SOCKETS, Map.of("action", "socket", "family", 17))
        .event(Table.PROCESSES, Map.of("exe", "/sbin/init"))
        .event(Table.FILES, Map.of("path", "/usr/bin/make"))
        .event(Table.FILES, Map.of("path", "/usr/bin/tcpdump", "missing", "too_large"))
        .write();
    CaptureFixture.at(captures.resolve("b"))
        .id("capture-b")
        .bootId("boot-b")
        .host("db-1")
        .environment(null)
        .exec("/usr/bin/tcpdump", "tcpdump", "-i", "any")
        .lost(12)
        .lost(Table.RAW_SOCKETS, 4)
        .write();
    Path c =
        CaptureFixture.at(captures.resolve("c"))
            .format1()
            .id("capture-c")
            .bootId("boot-c")
            .exec("/bin/ls", "ls")
            .nextSegment()
            .exec("/bin/ls", "ls")
            .write();
    Files.delete(c.resolve("exec-000002.parquet"));
  }

  private static List<String> findings(Run run) {
    return run.out().lines().filter(line -> line.contains("\"type\":\"finding\"")).toList();
  }

  private Run replay(Path capture, String... options) {
    List<String> arguments = new ArrayList<>(List.of("replay", "-r", rules.toString()));
    arguments.addAll(Arrays.asList(options));
    arguments.add(capture.toString());
    return Run.of(arguments.toArray(String[]::new));
  }

  /** Run with -Dtrailcam.regenerate=true to write the expected files anew, then read the diff. */
  private void assertGolden(String name, String actual) throws IOException {
    // The hash of a segment depends on the version of the engine that wrote it.
    String stable =
        actual
            .replace(temp.toString(), "TEMP")
            .replaceAll("[0-9a-f]{64}", "SHA256")
            .replaceAll("[0-9.]+ bytes", "N bytes")
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
