// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class DiffTest {
  private static final String RULE =
      """
      -- id: tools
      -- version: 1
      -- title: A tool
      -- description: Looks for tools.
      -- severity: high
      -- status: experimental
      -- attack:
      --   tactics: [TA0007]
      -- surface: 1
      SELECT e.exec_id, 'It is ' || t.name AS reason
      FROM execs AS e JOIN tools AS t ON t.name = e.exe_name
      """;
  private static final String HOSTILE = "\u001b[2J\r\n::error::x\n##[error]\u202e```\n";

  @TempDir Path temp;
  private Path capture;

  @BeforeEach
  void writeRules() throws IOException {
    root("base", "name,source\nnmap,us\ntcpdump,us\ntshark,us\n");
    root("head", "name,source\nnmap,us\ntcpdump,us\n");
    capture =
        CaptureFixture.at(temp.resolve("capture"))
            .id("capture-a")
            .exec("/usr/bin/tcpdump", "tcpdump")
            .exec("/usr/bin/tshark", "tshark", "-i", "lo")
            .write();
  }

  @Test
  void removedListEntry_isALostFindingAndAChangedText() {
    Run run = diff(path("base"), path("head"), capture);
    assertEquals(
        """
        Not as expected: 1 lost, 0 gained
        base      TEMP/base: 1 rule, 2 findings
        head      TEMP/head: 1 rule, 1 finding
        Looked at 2 executions in 1 capture; 1 unchanged, 0 told differently

        tools  version 1: 1 lost, 0 gained, 0 told differently, 1 unchanged
          lost  2026-11-22T04:03:02.001000123Z on runner-7  finding FINDING
              command   tshark -i lo
              exec      EXEC in capture capture-a
              why       It is tshark

        lists/tools.csv  tools
          --- TEMP/base/lists/tools.csv
          +++ TEMP/head/lists/tools.csv
          @@ -1,4 +1,3 @@
           name,source
           nmap,us
           tcpdump,us
          -tshark,us

        Against what was expected
          tools: lost 1, not expected
        """,
        run.out()
            .replace(temp.toString(), "TEMP")
            .replaceAll("finding [0-9a-f]{32}", "finding FINDING")
            .replace(CaptureFixture.execId(1), "EXEC"));
    assertEquals(1, run.code(), run.err());
    Run back = diff(path("head"), path("base"), capture);
    assertTrue(back.out().startsWith("Not as expected: 0 lost, 1 gained\n"), back.out());
    assertEquals(1, back.code());
  }

  @Test
  void ownLists_countInAReplayToo() {
    assertEquals(2, findings(Run.of("replay", "-r", "" + path("base"), "" + capture)));
    assertEquals(1, findings(Run.of("replay", "-r", path("head") + "/rules", "" + capture)));
    assertEquals(
        1, findings(Run.of("replay", "-r", path("head") + "/rules/x/tools.sql", "" + capture)));
  }

  @Test
  void nothingChanged_isSameOnlyOverWholeEvidence() throws IOException {
    Run same = diff(path("base"), path("base"), capture);
    assertEquals(0, same.code(), same.err());
    assertTrue(same.out().startsWith("Same: "), same.out());
    Path lossy =
        CaptureFixture.at(temp.resolve("lossy")).exec("/usr/bin/tshark", "tshark").lost(3).write();
    Run doubtful = diff(path("base"), path("base"), lossy);
    assertEquals(4, doubtful.code());
    assertTrue(doubtful.out().startsWith("Inconclusive: no difference seen"), doubtful.out());
    Run nothing = diff(path("base"), path("base"), temp.resolve("nowhere"));
    assertEquals(4, nothing.code());
    assertTrue(nothing.out().startsWith("Inconclusive"), nothing.out());
    write("head/rules/x/broken.sql", RULE.replace("id: tools", "id: broken") + "WHERE");
    Run broken = diff(path("head"), path("head"), capture);
    assertEquals(3, broken.code());
    assertTrue(broken.out().startsWith("Inconclusive"), broken.out());
  }

  @Test
  void ruleThatDidNotRun_gainsAndLosesNothing() throws IOException {
    write("head/rules/x/tools.sql", RULE + "WHERE");
    Run run = diff(path("base"), path("head"), capture);
    assertEquals(3, run.code());
    assertTrue(run.out().startsWith("Inconclusive: no difference seen"), run.out());
    assertTrue(run.out().contains("tools  version 1, in the base only: not compared"), run.out());
  }

  @Test
  void expectation_isMetExactly() throws IOException {
    String id =
        json(diff(path("base"), path("head"), capture, "--format", "json"))
            .at("/rules/0/lost/0/finding_id")
            .stringValue();
    for (String good : List.of("lost: 1", "lost: [" + id + "]")) {
      Run run = expecting("- rule: tools\n  reason: tshark is wanted here\n  " + good + "\n");
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(run.out().startsWith("As expected: 1 lost, 0 gained"), run.out());
      assertTrue(run.out().contains("expected: tshark is wanted here"), run.out());
    }
    for (String bad : List.of("lost: 2", "gained: 1", "lost: [" + "0".repeat(32) + "]")) {
      Run run = expecting("- rule: tools\n  reason: why\n  " + bad + "\n");
      assertEquals(1, run.code(), run.out() + run.err());
    }
    Run unknown =
        expecting("- {rule: tools, lost: 1, reason: y}\n- {rule: no, lost: 0, reason: x}");
    assertEquals(1, unknown.code());
    assertTrue(unknown.out().contains("expect.yml:2: there is no rule no"), unknown.out());
  }

  @Test
  void badExpectation_namesFileAndLine() throws IOException {
    for (String bad :
        List.of(
            "x",
            "- x",
            "- {rule: tools}",
            "- {rule: tools, lost: -1, reason: x}",
            "- [",
            "- {rule: tools, lost: 1}",
            "- {rule: tools, lost: [1], reason: x}",
            "- {rule: tools, lots: 1, reason: x}",
            "- {rule: tools, lost: 1, reason: x}\n- {rule: tools, lost: 1, reason: x}")) {
      Run run = expecting(bad);
      assertEquals(2, run.code(), bad + run.out());
      assertTrue(run.err().matches("(?s)trailcam: --expect: .*expect.yml(:[12])?: .*"), run.err());
    }
  }

  @Test
  void savedResults_compareAsTheirRulesDid() throws IOException {
    for (String format : List.of("json", "ndjson")) {
      for (String side : List.of("base", "head")) {
        Run run = Run.of("replay", "--format", format, "-r", "" + path(side), "" + capture);
        write(side + "." + format, run.out());
      }
    }
    Run run = diff(path("base.json"), path("head.ndjson"), List.of("--format", "json"));
    assertEquals(1, run.code(), run.err());
    JsonNode live = json(diff(path("base"), path("head"), capture, "--format", "json"));
    JsonNode saved = json(run);
    assertEquals(live.at("/rules"), saved.at("/rules"));
    assertEquals(0, diff(path("base.json"), path("base.ndjson"), List.of()).code());
    String cut = Files.readString(path("base.ndjson")).lines().skip(1).findFirst().orElseThrow();
    write("cut.json", cut);
    assertEquals(4, diff(path("cut.json"), path("head.json"), List.of()).code());
    write("none.json", "{}");
    assertEquals(4, diff(path("none.json"), path("head.json"), List.of()).code());
  }

  @Test
  void savedResults_ofDifferentCapturesAreInconclusive() throws IOException {
    Path other =
        CaptureFixture.at(temp.resolve("other")).bootId("b").exec("/usr/bin/nmap", "nmap").write();
    write(
        "a.json",
        Run.of("replay", "--format", "json", "-r", "" + path("base"), "" + capture).out());
    write(
        "b.json",
        Run.of("replay", "--format", "json", "-r", "" + path("base"), "" + capture, "" + other)
            .out());
    Run run = diff(path("a.json"), path("b.json"), List.of());
    assertEquals(4, run.code(), run.out());
    assertTrue(run.out().startsWith("Inconclusive: no difference seen"), run.out());
    assertTrue(run.out().contains("was looked at by the head only"), run.out());
  }

  @Test
  void changedReason_isToldAndNoLoss() throws IOException {
    write("head/lists/tools.csv", "name,source\nnmap,us\ntcpdump,us\ntshark,us\n");
    write("head/rules/x/tools.sql", RULE.replace("It is ", "This is ").replace("high", "low"));
    Run run = diff(path("base"), path("head"), capture);
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("0 unchanged, 2 told differently"), run.out());
    assertTrue(run.out().contains("was       high: It is tshark"), run.out());
    assertTrue(run.out().contains("is        low: This is tshark"), run.out());
  }

  @Test
  void brokenSurface_stopsWithTheFile() throws IOException {
    write("head/lists/Tools.csv", "name\nx\n");
    assertEquals(3, diff(path("base"), path("head"), capture).code());
    Files.delete(path("head/lists/Tools.csv"));
    write("head/views/execs.sql", "CREATE OR REPLACE VIEW execs AS SELECT * FROM nowhere;\n");
    Run run = diff(path("base"), path("head"), capture);
    assertEquals(3, run.code());
    assertTrue(run.err().contains("head/views/execs.sql: Catalog Error"), run.err());
  }

  @Test
  void strangersViews_reachNoFile() throws IOException {
    Path secret = write("secret.txt", "name\nsecret\n");
    Path target = path("written.csv");
    for (String statement :
        List.of(
            "CREATE OR REPLACE VIEW execs AS SELECT * FROM read_csv('" + secret + "');",
            "COPY (SELECT 1) TO '" + target + "';",
            "ATTACH '" + target + "';",
            "SET enable_external_access = true;",
            "LOAD httpfs;")) {
      write("head/prelude/prelude.duckdb.sql", statement + "\n");
      Run run = Run.of("replay", "-r", "" + path("head"), "" + capture);
      assertEquals(3, run.code(), statement + run.out());
      assertTrue(run.err().contains("prelude.duckdb.sql: "), run.err());
    }
    assertFalse(Files.exists(target));
  }

  @Test
  void hostileText_isEscapedInEveryFormat() throws IOException {
    Path nasty =
        CaptureFixture.at(temp.resolve("nasty"))
            .id(HOSTILE)
            .host(HOSTILE)
            .exec("/usr/bin/tshark", "tshark", HOSTILE)
            .write();
    write("base/lists/tools.csv", "name,source\ntcpdump,us\ntshark,\"" + HOSTILE + "\"\n");
    write("base/rules/x/tools.sql", RULE.replace("'It is ' || t.name", "'It is ' || t.source"));
    for (String format : List.of("table", "json", "ndjson", "markdown")) {
      Run run = diff(path("base"), path("head"), nasty, "--format", format);
      assertEquals(1, run.code(), run.err());
      assertFalse(run.out().matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]].*"), run.out());
      assertFalse(run.out().contains("##["), run.out());
      assertTrue(run.out().lines().noneMatch(l -> l.strip().startsWith("::")), run.out());
    }
  }

  @Test
  void hostileText_isNeverMarkdown() throws IOException {
    String hostile =
        "`[l](http://e)` ![i](u) <img src=x> </details> http://e @a #1\n\n# h\n```\n- b";
    Path nasty =
        CaptureFixture.at(temp.resolve("nasty"))
            .id(hostile)
            .host(hostile)
            .exec("/usr/bin/tshark", "tshark", hostile)
            .lost(1)
            .write();
    write("base/lists/tools.csv", "name,source\ntshark,\"" + hostile + "\"\n");
    write("base/rules/x/tools.sql", RULE.replace("'It is ' || t.name", "'" + hostile + "'"));
    Run run = diff(path("base"), path("head"), nasty, "--format", "markdown");
    List<String> headings = new ArrayList<>();
    List<String> fences = new ArrayList<>();
    Parser.builder()
        .build()
        .parse(run.out())
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                headings.add(TextContentRenderer.builder().build().render(heading));
              }

              @Override
              public void visit(FencedCodeBlock code) {
                fences.add(code.getLiteral());
              }

              @Override
              public void visit(Text text) {
                assertFalse(text.getLiteral().matches("(?s).*(http|@|#|<|\\[).*"), text::toString);
              }

              @Override
              public void visit(Link link) {
                throw new AssertionError(run.out());
              }

              @Override
              public void visit(Image image) {
                throw new AssertionError(run.out());
              }

              @Override
              public void visit(HtmlInline html) {
                throw new AssertionError(run.out());
              }

              @Override
              public void visit(HtmlBlock html) {
                throw new AssertionError(run.out());
              }
            });
    assertEquals("Trailcam: Not as expected: 1 lost, 0 gained", headings.get(0));
    assertEquals(
        List.of("\"tools\"", "\"lists/tools.csv\"", "\"rules/tools.sql\""),
        headings.subList(headings.size() - 3, headings.size()));
    assertEquals(2, fences.size());
    assertTrue(fences.get(0).contains("\n-tshark,"), fences.get(0));
  }

  @Test
  void markdown_fitsIntoAComment() throws IOException {
    CaptureFixture many = CaptureFixture.at(temp.resolve("many"));
    for (int i = 0; i < 400; i++) {
      many.exec("/usr/bin/tshark", "tshark", "\u4e2d".repeat(3000), "" + i);
    }
    Run run =
        diff(path("base"), path("head"), many.write(), "--format", "markdown", "--examples", "400");
    assertEquals(1, run.code(), run.err());
    assertTrue(run.out().length() < 65_536, () -> run.out().length() + " characters");
    assertTrue(run.out().length() > 50_000, "the test is not about short texts");
    assertTrue(run.out().contains("**Cut here**"), run.out());
  }

  @Test
  void sameInput_givesTheSameBytes() throws IOException {
    Path other =
        CaptureFixture.at(temp.resolve("other")).bootId("b").exec("/usr/bin/nmap", "nmap").write();
    TimeZone zone = TimeZone.getDefault();
    List<String> outputs = new ArrayList<>();
    try {
      for (String id : List.of("UTC", "Asia/Kathmandu")) {
        TimeZone.setDefault(TimeZone.getTimeZone(id));
        for (List<String> order :
            List.of(List.of("" + capture, "" + other), List.of("" + other, "" + capture))) {
          List<String> arguments = new ArrayList<>(List.of("--format", "json"));
          arguments.addAll(order);
          outputs.add(diff(path("base"), path("head"), arguments).out());
        }
      }
    } finally {
      TimeZone.setDefault(zone);
    }
    assertEquals(1, outputs.stream().distinct().count());
  }

  @Test
  void usage() {
    assertEquals(2, diff(path("base"), path("head"), List.of()).code());
    assertEquals(2, diff(path("base"), path("nowhere"), capture).code());
    assertEquals(2, Run.of("diff", "" + path("base")).code());
    assertEquals(2, Run.of("diff", "a.json", "b.json", "" + capture).code());
    assertEquals(2, diff(path("base"), path("head"), capture, "--examples", "-1").code());
    assertEquals(0, Run.of("diff", "--help").code());
  }

  private Run expecting(String yaml) throws IOException {
    Path file = write("expect.yml", yaml);
    return diff(path("base"), path("head"), capture, "--expect", file.toString());
  }

  private void root(String name, String list) throws IOException {
    write(name + "/rules/x/tools.sql", RULE);
    write(name + "/lists/tools.csv", list);
  }

  private Path path(String name) {
    return temp.resolve(name);
  }

  private Path write(String name, String text) throws IOException {
    Path file = path(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static JsonNode json(Run run) {
    return new ObjectMapper().readTree(run.out());
  }

  private static int findings(Run run) {
    assertEquals(0, run.code(), run.err());
    return Integer.parseInt(run.out().substring(0, run.out().indexOf(' ')));
  }

  private static Run diff(Path base, Path head, Path capture, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(capture.toString());
    return diff(base, head, arguments);
  }

  private static Run diff(Path base, Path head, List<String> others) {
    List<String> arguments = new ArrayList<>(List.of("diff", base.toString(), head.toString()));
    arguments.addAll(others);
    return Run.of(arguments.toArray(String[]::new));
  }
}
