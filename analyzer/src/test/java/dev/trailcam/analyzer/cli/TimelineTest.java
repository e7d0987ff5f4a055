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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TimelineTest {
  /** As short as can be: lines are cut at the width of a terminal, wherever this is built. */
  private static final Path SAMPLES =
      Path.of("")
          .toAbsolutePath()
          .relativize(Path.of(System.getProperty("trailcam.root"), "sample-captures"));

  private static final String SAMPLE = SAMPLES.resolve("man-in-the-middle").toString();
  private static final String CRITICAL = "fcc9a625";

  @TempDir Path temp;

  @Test
  void golden() throws IOException {
    check("timeline.table", "timeline", SAMPLE);
    check("timeline-around.table", "timeline", "--around", CRITICAL, "--context", "100ms", SAMPLE);
    check("timeline-lossy.table", "timeline", SAMPLES.resolve("contract-v2").toString());
    check(
        "timeline-machines.table",
        "timeline",
        "--unfold",
        "--limit",
        "12",
        SAMPLE,
        SAMPLES.resolve("contract-v1").toString());
    check("timeline-parts.ndjson", "timeline", "--format", "ndjson", SAMPLE);
    check(
        "timeline-around.ndjson",
        "timeline",
        "--around",
        CRITICAL,
        "--context",
        "20ms",
        "--format",
        "ndjson",
        SAMPLE);
  }

  private static void check(String name, String... arguments) throws IOException {
    Golden.check(name, Run.of(arguments).out().replace(SAMPLES.toString(), "SAMPLES"));
  }

  @Test
  void dumbTerminal_getsAscii() {
    for (String how : List.of("--unfold", "--color=auto")) {
      StringWriter out = new StringWriter();
      Terminal terminal =
          new Terminal(
              new PrintWriter(out),
              new PrintWriter(new StringWriter()),
              true,
              false,
              Map.of("TERM", "dumb", "LC_ALL", "C.UTF-8"));
      Trailcam.run(terminal, "timeline", how, SAMPLE);
      assertTrue(out.toString().contains("CRITICAL"), out.toString());
      assertTrue(out.toString().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)));
    }
  }

  /** Executions are a millisecond apart; the other events are a second later. */
  private CaptureFixture busy() {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("c")).exec("/usr/bin/tcpdump", "-i");
    for (int i = 1; i < 10; i++) {
      fixture.exec(Map.of("exe", "/bin/p" + i % 2, "argv", List.of("" + i), "uid", i % 3));
    }
    return fixture
        .event(Table.EXITS, Map.of("comm", "p1", "exit_code", 3))
        .event(Table.FAILED_EXECS, Map.of("comm", "p1", "filename", "/bin/no", "errno", 2))
        .event(Table.RAW_SOCKETS, Map.of("comm", "p1", "action", "bind"));
  }

  @Test
  void everyEvent_isThere_inOrder() throws IOException {
    String capture = busy().write().toString();
    List<String> kinds = new ArrayList<>();
    JsonNode timeline = json("timeline", "--unfold", "--format", "json", capture);
    timeline.get("events").forEach(event -> kinds.add(event.get("kind").stringValue()));
    assertEquals("capture_begin", kinds.get(0));
    assertEquals(
        List.of("failed_execution", "raw_socket", "exit", "capture_end"),
        kinds.subList(11, kinds.size()));
    assertEquals(10, kinds.stream().filter("execution"::equals).count());
    assertEquals(1, timeline.get("events").get(1).get("findings").size());
    List<String> times = new ArrayList<>();
    timeline.get("events").forEach(event -> times.add(event.get("ts").stringValue()));
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void around_isTheTimeBeforeAndAfter() throws IOException {
    String capture = busy().write().toString();
    JsonNode five =
        json(
            "timeline",
            "--around",
            CaptureFixture.execId(5).substring(0, 8),
            "--context",
            "2ms",
            "--format",
            "json",
            capture);
    List<String> ids = new ArrayList<>();
    five.get("events").forEach(event -> ids.add(event.get("exec_id").stringValue()));
    // Two of them are a bit more than two milliseconds away.
    assertEquals(
        List.of(CaptureFixture.execId(4), CaptureFixture.execId(5), CaptureFixture.execId(6)), ids);
    assertEquals(CaptureFixture.execId(5), five.at("/summary/around/exec_id").stringValue());
    assertEquals(0, five.at("/summary/findings").intValue());
    assertEquals(1, five.at("/summary/findings_elsewhere").intValue());
    JsonNode nearest =
        json(
            "timeline",
            "--around",
            CaptureFixture.execId(5),
            "--limit",
            "2",
            "--no-findings",
            "--format",
            "json",
            capture);
    assertEquals(2, nearest.get("events").size());
    assertEquals(13, nearest.at("/summary/left_out").intValue());
  }

  @Test
  void whatIsNotShown_isCounted() throws IOException {
    String capture = busy().write().toString();
    for (List<String> options :
        List.of(
            List.of("--limit", "4", "--unfold"),
            List.of("--limit", "3", "--bucket", "1ms"),
            List.of("--user", "1", "--unfold"),
            List.of("--user", "1"),
            List.of("--program", "p0"),
            List.of("--process", "105", "--unfold"),
            List.of("--process", CaptureFixture.BOOT_ID + ":109:" + CaptureFixture.startBootNs(9)),
            List.of("--limit", "1"))) {
      List<String> arguments =
          new ArrayList<>(List.of("timeline", "--no-findings", "--format", "json", capture));
      arguments.addAll(options);
      JsonNode timeline = json(arguments.toArray(String[]::new));
      JsonNode summary = timeline.get("summary");
      assertEquals(
          15, sum(summary.get("events")) + summary.get("not_wanted").longValue(), "" + options);
      long told = 0;
      if (timeline.has("parts")) {
        for (JsonNode part : timeline.get("parts")) {
          told += sum(part.get("events"));
        }
      } else {
        told = timeline.get("events").size();
      }
      assertEquals(
          sum(summary.get("events")), told + summary.get("left_out").longValue(), "" + options);
    }
    assertEquals(3, executions("--user", "1", capture));
    assertEquals(4, executions("--program", "p0", capture));
    assertEquals(1, executions("--program", "p0", "--user", "1", capture));
    assertEquals(1, executions("--to", "2026-11-22T04:03:02.0005Z", capture));
    assertEquals(1, executions("--process", "105", capture));
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.longValue();
    }
    return sum;
  }

  private static int executions(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("timeline", "--no-findings", "--format", "json"));
    arguments.addAll(List.of(options));
    return json(arguments.toArray(String[]::new)).at("/summary/events/execution").intValue();
  }

  @Test
  void rowsOfTwoCaptures_areToldOnce() throws IOException {
    for (String name : List.of("one", "two")) {
      CaptureFixture.at(temp.resolve("s/" + name)).exec("/bin/a", "a").exec("/bin/b").write();
    }
    assertEquals(2, executions(temp.resolve("s").toString()));
    assertEquals(2, executions("--unfold", temp.resolve("s").toString()));
  }

  @Test
  void incompleteEvidence_isToldFirst_andOfTheTimeThatIsShown() {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/ls")
            .lostBetween(4_000_000_000L, 5_000_000_000L, Table.EXECS, 3)
            .write();
    for (String how : List.of("--unfold", "--color=never")) {
      Run run = Run.of("timeline", how, capture.toString());
      assertEquals(4, run.code());
      assertTrue(run.out().startsWith("The evidence is incomplete"), run.out());
      assertTrue(run.out().contains("missing: 3 executions"), run.out());
      assertTrue(run.out().contains(how.equals("--unfold") ? "LOSS" : "  incomplete"), run.out());
    }
    Run around =
        Run.of("timeline", "--around", CaptureFixture.execId(0), "--context", "1s", "" + capture);
    assertEquals(4, around.code());
    assertTrue(around.out().startsWith("The evidence is incomplete"), around.out());
    assertFalse(around.out().contains("missing: 3 executions"), around.out());
    assertTrue(around.out().contains("None of it is known to be missing in the time"));
  }

  @Test
  void timeInWhichNobodyRecorded_isSaid() {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls").write();
    String out = Run.of("timeline", "--around", CaptureFixture.execId(0), "" + capture).out();
    assertTrue(out.contains("Nothing was recorded before 2026-11-22T04:03:01.000000000Z"), out);
    assertTrue(out.contains("Nothing was recorded after 2026-11-22T04:03:09.000000000Z"), out);
    Path old = CaptureFixture.at(temp.resolve("old")).format1().exec("/bin/ls").write();
    assertTrue(Run.of("timeline", "" + old).out().contains("No sockets, exits or files in"));
  }

  @Test
  void clocksThatNobodyCanHaveRead_stopNothing() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec(Map.of("exe", "/bin/a", "clock_offset_ns", Long.MIN_VALUE))
            .exec(Map.of("exe", "/bin/b", "boot_ns", Long.MAX_VALUE, "start_boot_ns", 1L))
            .write();
    for (List<String> how :
        List.of(List.of("--unfold"), List.of("--bucket", "1ms"), List.of("--no-findings"))) {
      List<String> arguments = new ArrayList<>(List.of("timeline", "--no-findings", "" + capture));
      how.stream().filter(one -> !arguments.contains(one)).forEach(arguments::add);
      Run run = Run.of(arguments.toArray(String[]::new));
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("2 executions"), run.out());
    }
  }

  @Test
  void suppressedFinding_isShownAsSuch() throws IOException {
    String capture = busy().write().toString();
    Path file =
        Files.writeString(
            temp.resolve("s.yml"),
            """
            - id: known
              rule: net_sniff_tool_exec
              where: exe = '/usr/bin/tcpdump'
              owner: net-team
              reason: captures for the network tests
              expires: 2027-04-01
            """);
    for (String verb : List.of("tree", "timeline")) {
      Run run = Run.of(verb, "--suppressions", file.toString(), capture);
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("suppressed CRITICAL net_sniff_tool_exec"), run.out());
      assertTrue(run.out().contains("1 finding (1 suppressed)"), run.out());
      JsonNode summary =
          json(verb, "--format", "json", "--suppressions", file.toString(), capture).get("summary");
      assertEquals(1, summary.get("suppressed").intValue());
    }
  }

  @Test
  void usageErrors() {
    String capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls").write().toString();
    for (List<String> bad :
        List.of(
            List.of("--around", "x"),
            List.of("--around", "ffffff"),
            List.of("--context", "1s"),
            List.of("--around", "ffffff", "--context", "0s"),
            List.of("--around", "ffffff", "--bucket", "1s"),
            List.of("--unfold", "--bucket", "1s"),
            List.of("--bucket", "1"),
            List.of("--bucket", "366d"),
            List.of("--limit", "0"),
            List.of("--process", "x"),
            List.of("--no-findings", "--suppressions", "x"),
            List.of("--format", "markdown"))) {
      List<String> arguments = new ArrayList<>(List.of("timeline", capture));
      arguments.addAll(bad);
      assertEquals(2, Run.of(arguments.toArray(String[]::new)).code(), bad.toString());
    }
  }

  @Test
  void sameInput_givesTheSameBytes() {
    for (String how : List.of("--unfold", "--color=never")) {
      List<String> outputs = new ArrayList<>();
      for (String threads : List.of("1", "2", "4")) {
        outputs.add(
            Run.of(
                    "timeline",
                    how,
                    "--no-findings",
                    "--format",
                    "json",
                    "--threads",
                    threads,
                    SAMPLES.resolve("contract-v1").toString(),
                    SAMPLES.resolve("contract-v2").toString())
                .out());
      }
      assertEquals(1, outputs.stream().distinct().count());
    }
  }

  private static JsonNode json(String... arguments) throws IOException {
    Run run = Run.of(arguments);
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }
}
