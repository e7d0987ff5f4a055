// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code trailcam report} writes, as far as it shows without a browser. */
class ReportCommandTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!--<script>&lt;\u001b[2J\u202e\u2028\"'`${x}##[error]";
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>");

  @TempDir Path temp;

  @Test
  void exitCodes_areThoseOfReplay() throws IOException {
    Path clean = CaptureFixture.at(temp.resolve("clean")).bootId("b1").exec("/bin/ls").write();
    Path found = CaptureFixture.at(temp.resolve("found")).exec("/usr/bin/tcpdump").write();
    Path lossy = CaptureFixture.at(temp.resolve("lossy")).bootId("b2").lost(1).write();
    assertEquals(0, Run.of("report", "" + clean).code());
    assertEquals(0, Run.of("report", "" + found).code());
    assertEquals(1, Run.of("report", "--fail-on", "high", "" + found).code());
    assertEquals(4, Run.of("report", "" + lossy).code());
    assertEquals(4, Run.of("report", "" + temp.resolve("nowhere")).code());
    Path broken = Files.writeString(temp.resolve("broken.sql"), "SELECT 1");
    assertEquals(3, Run.of("report", "-r", "" + broken, "" + found).code());
    assertEquals(2, Run.of("report").code());
    assertEquals(2, Run.of("report", "--limit", "0", "" + clean).code());
    assertEquals(2, Run.of("report", "--limit", "1000001", "" + clean).code());
    assertEquals(2, Run.of("report", "--ci-server", "javascript:alert(1)", "" + clean).code());
  }

  @Test
  void terminal_getsNoHtml() throws IOException {
    Path clean = CaptureFixture.at(temp.resolve("clean")).exec("/bin/ls").write();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), true, true, Map.of());
    assertEquals(2, Trailcam.run(terminal, "report", "" + clean));
    assertEquals("", out.toString());
    assertTrue(err.toString().contains("-o report.html"), err::toString);
  }

  @Test
  void file_isNeverOverwritten() throws IOException {
    Path clean = CaptureFixture.at(temp.resolve("clean")).exec("/bin/ls").write();
    Path file = temp.resolve("report.html");
    assertEquals(0, Run.of("report", "-o", "" + file, "" + clean).code());
    byte[] first = Files.readAllBytes(file);
    assertEquals(2, Run.of("report", "-o", "" + file, "" + clean).code());
    assertEquals(first.length, Files.size(file));
  }

  @Test
  void sameInput_givesTheSameBytes() throws IOException {
    List<String> captures = new ArrayList<>();
    for (String boot : List.of("b1", "b2", "b3")) {
      CaptureFixture fixture = CaptureFixture.at(temp.resolve(boot)).bootId(boot).host(boot);
      for (int i = 0; i < 40; i++) {
        fixture.exec(i % 7 == 0 ? "/usr/bin/tcpdump" : "/bin/program-" + i, "x", "" + i);
      }
      captures.add(fixture.write().toString());
    }
    TimeZone zone = TimeZone.getDefault();
    String first = report(captures, "--threads", "1", "--limit", "50");
    Collections.reverse(captures);
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      String again = report(captures, "--threads", "4", "--limit", "50");
      // The commands name captures as somebody named them.
      assertEquals(withoutCommands(first), withoutCommands(again));
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  /** Nothing that a stranger wrote is markup, a control character or a runner's command. */
  @Test
  void data_isOneElementOfPlainText() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .host(HOSTILE)
            .exec(
                Map.of(
                    "exe", "/tmp/" + HOSTILE, "argv", List.of("tcpdump", HOSTILE), "cwd", HOSTILE))
            .exec("/usr/bin/tcpdump", HOSTILE)
            .event(Table.FAILED_EXECS, Map.of("filename", HOSTILE, "errno", 2, "comm", HOSTILE))
            .write();
    Run run = Run.of("report", "" + capture);
    String html = run.out();
    String data = data(html);
    assertTrue(data.chars().allMatch(c -> c >= 0x20 && c < 0x7f), data);
    assertFalse(data.contains("##["), data);
    assertEquals(2, html.split("<script", -1).length - 1 - librariesMentions(html));
    String page = html.replace(data, "");
    assertFalse(page.contains("alert(1)"));
    JsonNode parsed = JsonMapper.builder().build().readTree(data);
    assertTrue(parsed.at("/findings/0/host").stringValue().startsWith("</script><script>"));
    assertTrue(parsed.at("/findings/0/host").stringValue().contains("\\x1b[2J\\u202e\\u2028"));
  }

  /** D3 holds no such text; should it ever, this test would have to know. */
  private static int librariesMentions(String html) {
    int begin = html.lastIndexOf("<script>") + "<script>".length();
    return html.substring(begin).split("<script", -1).length - 1;
  }

  @Test
  void more_thanTheLimit_isSaidAndCounted() throws IOException {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c"));
    for (int i = 0; i < 100; i++) {
      fixture.exec(i == 60 ? "/usr/bin/tcpdump" : "/bin/program", "" + i);
    }
    JsonNode activity = parsed(fixture.write(), "--limit", "11").get("activity");
    assertEquals(100, activity.at("/amounts/executions/total").intValue());
    assertEquals(11, activity.at("/amounts/executions/told").intValue());
    List<String> commands = new ArrayList<>();
    for (JsonNode number : activity.at("/executions/command")) {
      commands.add(activity.get("texts").get(number.intValue()).stringValue());
    }
    assertEquals(
        List.of("55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65"), commands);
    int counted = 0;
    for (JsonNode part : activity.at("/density/parts")) {
      counted += part.get(1).intValue();
    }
    assertEquals(100, counted);
  }

  @Test
  void time_narrowsWhatRan() throws IOException {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c"));
    for (int i = 0; i < 40; i++) {
      fixture.exec("/bin/program", "" + i);
    }
    // The first is two seconds after boot, the others a good millisecond apart.
    Instant tenth = Instant.ofEpochSecond(CaptureFixture.OFFSET_NS / 1_000_000_000 + 2, 10_000_000);
    JsonNode activity = parsed(fixture.write(), "--from", tenth.toString()).get("activity");
    assertEquals(30, activity.at("/amounts/executions/total").intValue());
    assertEquals(30, activity.at("/executions/id").size());
  }

  /** Two captures of one boot may hold the same executions; a contradiction is shown. */
  @Test
  void executionsInTwoCaptures_areToldOnce() throws IOException {
    CaptureFixture.at(temp.resolve("all/one")).exec("/bin/a").exec("/bin/b").write();
    CaptureFixture.at(temp.resolve("all/two")).exec("/bin/a").exec("/bin/forged").write();
    JsonNode activity = parsed(temp.resolve("all")).get("activity");
    assertEquals(3, activity.at("/amounts/executions/total").intValue());
    assertEquals(2, activity.at("/processes/pid").size());
  }

  /** A table that no rule reads is read for the page, and what is wrong with it is told. */
  @Test
  void malformedTableThatNoRuleReads_makesTheEvidenceIncomplete() throws IOException {
    Path rule = Files.createDirectory(temp.resolve("rules"));
    for (String file : List.of("sniffers.sql", "sniffers.md")) {
      Files.copy(ReportCommandTest.class.getResourceAsStream(file), rule.resolve(file));
    }
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls")
            .event(Table.EXITS, Map.of("capture_id", "another"))
            .write();
    assertEquals(0, Run.of("replay", "-r", "" + rule, "" + capture).code());
    Run run = Run.of("report", "-r", "" + rule, "" + capture);
    assertEquals(4, run.code(), run.err());
    assertTrue(run.err().contains("exit-000001.parquet"), run.err());
    JsonNode data = JsonMapper.builder().build().readTree(data(run.out()));
    assertEquals("inconclusive", data.get("verdict").stringValue());
    assertEquals(1, data.get("problems").size());
  }

  private static JsonNode parsed(Path capture, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    return JsonMapper.builder()
        .build()
        .readTree(data(report(List.of(capture.toString()), all.toArray(String[]::new))));
  }

  private static String report(List<String> captures, String... options) {
    List<String> arguments = new ArrayList<>(List.of("report"));
    arguments.addAll(List.of(options));
    arguments.addAll(captures);
    Run run = Run.of(arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private static String data(String html) {
    Matcher matcher = DATA.matcher(html);
    assertTrue(matcher.find(), "the page has no data");
    return matcher.group(1);
  }

  private static String withoutCommands(String html) {
    return html.replaceFirst("\"commands\":\\[[^\\]]*\\]", "");
  }
}
