// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TreeTest {
  private static final String HOSTILE = "\u001b[2J\u009b\r\n::error::x\n##[error]\u202e\u2028";
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");

  @TempDir Path temp;

  @Test
  void golden() throws IOException {
    String sample = SAMPLES.resolve("man-in-the-middle").toString();
    assertGolden("tree.table", Run.of("tree", sample).out());
    assertGolden("tree-unfolded.table", Run.of("tree", "--unfold", "--no-findings", sample).out());
    assertGolden(
        "tree-lossy.table", Run.of("tree", SAMPLES.resolve("contract-v2").toString()).out());
    assertGolden(
        "tree.ndjson", Run.of("tree", "--format", "ndjson", "--limit", "12", sample).out());
  }

  /** What a terminal that knows neither colours nor Unicode gets is all ASCII. */
  @Test
  void dumbTerminal_getsAscii() {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out),
            new PrintWriter(new StringWriter()),
            true,
            false,
            Map.of("TERM", "dumb", "LC_ALL", "C.UTF-8"));
    Trailcam.run(terminal, "tree", SAMPLES.resolve("man-in-the-middle").toString());
    assertTrue(out.toString().contains("\n`- "), out.toString());
    assertTrue(out.toString().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)));
  }

  @Test
  void edges_sayHowTheParentIsKnown() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/make", "make") // 0: ppid 1, which nothing else tells of
            .exec(child("/bin/sh", 100, 0)) // 1: names its parent exactly
            .exec(Map.of("exe", "/bin/ls", "ppid", 101)) // 2: by its process id alone
            .exec(child("/bin/late", 4711, 99)) // 3: of one that has no row of its own
            .exec(Map.of("exe", "/bin/backwards", "ppid", 105)) // 4: the parent starts later
            .exec(Map.of("exe", "/sbin/init", "ppid", 0)) // 5
            .event(Table.EXITS, Map.of("pid", 900, "ppid", 105, "start_boot_ns", 2_900_000_000L))
            .write();
    JsonNode tree = json("tree", "--no-findings", "--format", "json", capture.toString());
    Map<String, String> edges = new HashMap<>();
    for (JsonNode node : tree.get("nodes")) {
      JsonNode parent = node.get("parent");
      edges.put(
          node.get("pid").asString(),
          node.get("edge").stringValue()
              + (parent.isNull() ? "" : " " + tree.get("nodes").get(parent.intValue()).get("pid")));
    }
    assertEquals(
        Map.of(
            "100", "missing",
            "101", "observed 100",
            "102", "inferred 101",
            "103", "observed 4711",
            "104", "missing",
            "105", "root",
            "900", "inferred 105",
            "4711", "missing"),
        edges);
    // What no row tells is null, and no time.
    for (JsonNode node : tree.get("nodes")) {
      assertEquals(node.get("pid").intValue() != 900, node.get("ended").isNull());
      assertEquals(node.get("pid").intValue() == 4711, node.get("started").isNull());
    }
    JsonNode counts = tree.at("/summary/edges");
    assertEquals(2, counts.get("observed").intValue());
    assertEquals(3, counts.get("missing").intValue());
    assertEquals(8, tree.at("/summary/processes").intValue());
  }

  @Test
  void reusedProcessId_isAnotherProcess() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec(Map.of("exe", "/bin/first", "pid", 50, "ppid", 0))
            .event(Table.EXITS, Map.of("pid", 50, "boot_ns", 2_000_500_000L, "exit_code", 7))
            .exec(Map.of("exe", "/bin/orphan", "pid", 60, "ppid", 50))
            .exec(Map.of("exe", "/bin/second", "pid", 50, "ppid", 0))
            .exec(Map.of("exe", "/bin/child", "pid", 61, "ppid", 50))
            .write();
    JsonNode nodes = json("tree", "--no-findings", "--format", "json", "" + capture).get("nodes");
    Map<String, String> parents = new HashMap<>();
    for (JsonNode node : nodes) {
      parents.put(
          node.get("program").stringValue(),
          node.get("parent").isNull()
              ? node.get("edge").stringValue()
              : nodes.get(node.get("parent").intValue()).get("program").stringValue());
    }
    assertEquals(
        Map.of(
            "/bin/first", "root",
            "/bin/orphan", "missing", // the process of that id had ended
            "/bin/second", "root",
            "/bin/child", "/bin/second"),
        parents);
  }

  @Test
  void twoCapturesOfOneBoot_areOneTree() throws IOException {
    for (String name : List.of("a", "b")) {
      CaptureFixture.at(temp.resolve("s/" + name)).exec("/bin/make").write();
    }
    JsonNode summary =
        json("tree", "--no-findings", "--format", "json", temp.resolve("s").toString())
            .get("summary");
    assertEquals(1, summary.get("processes").intValue());
    assertEquals(1, summary.get("executions").intValue());
  }

  @Test
  void filters_showWhatWasAskedForWithItsAncestors() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/make", "make")
            .exec(child("/bin/sh", 100, 0))
            .exec(with(child("/usr/bin/tcpdump", 101, 1), "uid", 1000))
            .exec(child("/bin/ls", 101, 1))
            .write();
    assertEquals(List.of("100", "101", "102"), pids("--user", "1000", "" + capture));
    assertEquals(List.of("100", "101", "102"), pids("--program", "tcp*", "" + capture));
    assertEquals(List.of("100", "101", "102", "103"), pids("--process", "101", "" + capture));
    assertEquals(
        List.of("100", "101", "103"), pids("--process", "101", "--program", "ls", "" + capture));
    assertEquals(
        List.of("100", "101", "102"),
        pids("--finding", CaptureFixture.execId(2).substring(0, 8), "" + capture));
    assertEquals(
        List.of("100", "101", "103"), pids("--from", "2026-11-22T04:03:02.0029Z", "" + capture));
    assertEquals(2, Run.of("tree", "--process", "77", "" + capture).code());
    assertEquals(2, Run.of("tree", "--finding", "ffffff", "" + capture).code());
    for (List<String> bad :
        List.of(
            List.of("--process", "x"),
            List.of("--finding", "x"),
            List.of("--finding", "ffffff", "--no-findings"),
            List.of("--program", ""),
            List.of("--depth", "0"),
            List.of("--limit", "100001"),
            List.of("--format", "markdown"))) {
      List<String> arguments = new ArrayList<>(List.of("tree", "" + capture));
      arguments.addAll(bad);
      assertEquals(2, Run.of(arguments.toArray(String[]::new)).code(), bad.toString());
    }
  }

  @Test
  void incompleteEvidence_isToldFirst() {
    Path capture = CaptureFixture.at(temp.resolve("c")).exec("/bin/ls").lost(3).write();
    Run run = Run.of("tree", capture.toString());
    assertEquals(4, run.code());
    assertTrue(run.out().startsWith("The evidence is incomplete"), run.out());
    assertTrue(run.out().contains("missing: 3 executions"), run.out());
  }

  @Test
  void programThatWasNotRecorded_isSaid() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/bin/make")
            .event(Table.EXITS, Map.of("exec_seq", 77))
            .write();
    assertTrue(Run.of("tree", "" + capture).out().contains("its last program was not recorded"));
  }

  @Test
  void hostileText_reachesNoTerminal() {
    Path capture =
        CaptureFixture.at(temp.resolve("c" + HOSTILE))
            .host(HOSTILE)
            .bootId(HOSTILE)
            .exec(
                Map.of(
                    "exe",
                    "/tmp/" + HOSTILE + "/tcpdump",
                    "argv",
                    List.of("::warning::y", HOSTILE),
                    "comm",
                    HOSTILE,
                    "container_id",
                    HOSTILE,
                    "ancestors",
                    List.of(
                        Map.of("pid", 7, "start", -1, "comm", HOSTILE, "exe", HOSTILE),
                        Map.of("pid", 8, "start", Long.MAX_VALUE, "comm", HOSTILE, "exe", ""))))
            .exec(Map.of("argv", List.of("x".repeat(100_000), HOSTILE), "boot_ns", Long.MAX_VALUE))
            .event(Table.EXITS, Map.of("comm", HOSTILE, "pid", 5))
            .lost(1)
            .write();
    for (String format : List.of("table", "json", "ndjson")) {
      Run run = Run.of("tree", "--format", format, capture.toString());
      String all = run.out() + run.err();
      assertEquals(4, run.code(), all);
      assertFalse(all.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), all);
      assertFalse(all.contains("##["), all);
      assertTrue(all.lines().noneMatch(line -> line.strip().startsWith("::")), all);
    }
  }

  @Test
  void sameInput_givesTheSameBytes() {
    List<String> outputs = new ArrayList<>();
    for (String threads : List.of("1", "2", "4")) {
      outputs.add(
          Run.of(
                  "tree",
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

  private static Map<String, Object> child(String exe, int parent, int number) {
    return Map.of(
        "exe",
        exe,
        "ppid",
        parent,
        "argv",
        List.of(exe),
        "ancestors",
        List.of(
            Map.of(
                "pid",
                parent,
                "start",
                number == 99 ? 5L : CaptureFixture.startBootNs(number),
                "comm",
                "p",
                "exe",
                "/bin/p")));
  }

  private static Map<String, Object> with(Map<String, Object> columns, String name, Object value) {
    Map<String, Object> more = new HashMap<>(columns);
    more.put(name, value);
    return more;
  }

  private static List<String> pids(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("tree", "--format", "json"));
    all.addAll(List.of(arguments));
    List<String> pids = new ArrayList<>();
    json(all.toArray(String[]::new))
        .get("nodes")
        .forEach(node -> pids.add(node.get("pid").asString()));
    return pids;
  }

  private static JsonNode json(String... arguments) throws IOException {
    Run run = Run.of(arguments);
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  private static void assertGolden(String name, String actual) throws IOException {
    String stable = actual.replace(SAMPLES.toString(), "SAMPLES");
    Path file = Path.of("src/test/resources/dev/trailcam/analyzer/cli/expected", name);
    if (Boolean.getBoolean("trailcam.regenerate")) {
      Files.writeString(file, stable, UTF_8);
    }
    assertEquals(Files.readString(file, UTF_8), stable);
  }
}
