// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.browser.Chromium;
import dev.trailcam.analyzer.browser.NeedsChromium;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report shows in a real browser, and what it does not let happen. */
@NeedsChromium
class ReportPageTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");

  @TempDir static Path temp;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    chromium = new Chromium(temp.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @Test
  void manInTheMiddle_isShownWithNothingRequested() throws IOException {
    Path file = report("mitm", SAMPLES.resolve("man-in-the-middle"));
    chromium.open(file);
    assertEquals(List.of(file.toUri().toString()), chromium.requests());
    assertEquals(List.of(), chromium.complaints());

    assertTrue(text("document.querySelector('h1').innerText").contains("9 findings"));
    assertTrue(
        text("document.querySelector('#verdict .complete').innerText").contains("is complete"));
    assertEquals(0, chromium.number("document.querySelectorAll('#verdict .notice').length"));
    assertEquals(9, chromium.number("document.querySelectorAll('.finding').length"));
    assertTrue(chromium.number("document.querySelectorAll('#tree [role=treeitem]').length") > 10);
    assertTrue(chromium.number("document.querySelectorAll('#timeline .execs rect').length") > 5);
    assertTrue(chromium.number("document.querySelectorAll('#timeline .marks circle').length") > 0);

    chromium.evaluate("document.querySelector('.finding').open = true");
    chromium.settle();
    String body = text("document.querySelector('.finding .body').innerText");
    assertTrue(body.contains("What to do: CI/CD"), body);
    assertTrue(body.contains("Read the ancestors from the nearest up"), body);
    assertTrue(body.contains("SHA-256 of that file"), body);
    assertEquals(
        "https:",
        text("new URL(document.querySelector('#ci a, #findings .finding a').href).protocol"));
  }

  @Test
  void incompleteEvidence_isSaidFirst() throws IOException {
    chromium.open(report("contract", SAMPLES.resolve("contract-v1")));
    assertTrue(
        text("document.querySelector('#verdict .notice').innerText")
            .startsWith("The evidence is incomplete"));
    assertEquals(0, chromium.number("document.querySelectorAll('#verdict .complete').length"));
    assertTrue(
        text("document.getElementById('missing').innerText").contains("34 executions: ring_full"));
    assertTrue(chromium.number("document.querySelectorAll('#timeline .lost rect').length") > 0);
  }

  @Test
  void moreThanTheLimit_isSaidAboveTheProcesses() throws IOException {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("limited"));
    for (int i = 0; i < 100; i++) {
      fixture.exec(i == 60 ? "/usr/bin/tcpdump" : "/bin/program-" + i);
    }
    chromium.open(report("limited", fixture.write(), "--limit", "3"));
    assertEquals(
        "This page has 3 of 100 executions, 6 of 100 processes: those nearest in time to a"
            + " finding. Its bars count all of them; --limit takes more into the page.",
        text("document.querySelector('#tree .notice').innerText"));
    assertTrue(text("document.querySelector('#tree .row.active').innerText").contains("tcpdump"));
  }

  /** Whose child it is, how that is known, and that its last program is not in the evidence. */
  @Test
  void process_saysHowItIsKnown() throws IOException {
    Path capture =
        CaptureFixture.at(temp.resolve("known"))
            .exec(Map.of("exe", "/bin/sh", "argv", List.of("sh"), "pid", 50, "start_boot_ns", 1L))
            .exec(
                Map.of(
                    "exe",
                    "/usr/bin/tcpdump",
                    "argv",
                    List.of("tcpdump"),
                    "ppid",
                    50,
                    "ancestors",
                    List.of(Map.of("pid", 50, "start", 1L, "comm", "sh", "exe", "/bin/sh"))))
            .event(Table.EXITS, Map.of("comm", "lost", "exec_seq", 99, "exit_code", 7))
            .write();
    chromium.open(report("known", capture));
    String side = text("document.querySelector('#tree .side').innerText");
    assertTrue(side.contains("process 50, observed"), side);
    assertTrue(side.contains("status 7"), side);
    assertTrue(side.contains("The program it ran last was not recorded"), side);
    chromium.evaluate("document.querySelector('#tree .side button.link').click()");
    chromium.settle();
    side = text("document.querySelector('#tree .side').innerText");
    assertTrue(side.contains("Process 50"), side);
    assertTrue(side.contains("missing"), side);
  }

  @Test
  void colours_followTheSystem_untilSomebodyChooses() throws IOException {
    Path file = report("colours", SAMPLES.resolve("sniffing"));
    chromium.prefer("dark");
    chromium.open(file);
    assertEquals("rgb(13, 17, 23)", text("getComputedStyle(document.body).backgroundColor"));
    chromium.evaluate("document.getElementById('theme').click()");
    assertEquals("rgb(255, 255, 255)", text("getComputedStyle(document.body).backgroundColor"));
    chromium.evaluate("document.getElementById('theme').click()");
    assertEquals("rgb(13, 17, 23)", text("getComputedStyle(document.body).backgroundColor"));
    chromium.print();
    assertEquals("rgb(255, 255, 255)", text("getComputedStyle(document.body).backgroundColor"));
    chromium.prefer("light");
  }

  @Test
  void tree_isUsedWithKeysAlone() throws IOException {
    chromium.open(report("keys", SAMPLES.resolve("man-in-the-middle")));
    chromium.evaluate("document.querySelector('#tree [role=tree]').focus()");
    chromium.press("Home", 36);
    assertEquals("0", active());
    int rows = height();
    chromium.press("ArrowLeft", 37); // closes the root
    assertTrue(height() < rows, "nothing was closed");
    chromium.press("ArrowRight", 39);
    assertEquals(rows, height());
    chromium.press("ArrowDown", 40);
    assertEquals("1", active());
    chromium.press("End", 35);
    assertEquals(rows / 24 - 1, Integer.parseInt(active()));
  }

  @Test
  void timeline_zoomsWithKeysAlone() throws IOException {
    chromium.open(report("zoom", SAMPLES.resolve("man-in-the-middle")));
    chromium.evaluate("document.querySelector('svg.chart').focus()");
    String all = text("document.querySelector('svg.chart').getAttribute('aria-label')");
    chromium.press("+", 187);
    String closer = text("document.querySelector('svg.chart').getAttribute('aria-label')");
    assertTrue(!closer.equals(all), closer);
    chromium.press("0", 48);
    assertEquals(all, text("document.querySelector('svg.chart').getAttribute('aria-label')"));
  }

  @Test
  void finding_leadsToItsProcess() throws IOException {
    chromium.open(report("lead", SAMPLES.resolve("man-in-the-middle")));
    chromium.evaluate("document.querySelector('.finding').open = true");
    chromium.settle();
    chromium.evaluate(
        "[...document.querySelectorAll('.finding button')]"
            + ".find(one => one.innerText === 'Show among the processes').click()");
    chromium.settle();
    assertTrue(text("document.querySelector('#tree .row.active').className").contains("critical"));
    assertTrue(
        text("document.querySelector('#tree .side').innerText").contains("Execution"),
        "nothing is told of the process");
  }

  /** Whatever evidence says, wherever it says it. */
  @Test
  void hostileEvidence_doesNothing() throws IOException {
    List<String> texts =
        List.of(
            "</script><script>window.hacked=1</script>",
            "<img src=x onerror=window.hacked=2>",
            "\"><svg onload=window.hacked=3>",
            "<!--<script>",
            "javascript:window.hacked=4",
            "<a href=\"javascript:window.hacked=5\" id=data>x</a>",
            "<style>*{display:none}</style>",
            "<meta http-equiv=refresh content=0;url=http://127.0.0.1:9/>",
            "<link rel=stylesheet href=http://127.0.0.1:9/><iframe src=http://127.0.0.1:9/>",
            "${window.hacked=6}{{7*7}}",
            "\u202eexe.\u2066\u2028\u0000\ud800");
    String all = String.join("", texts).replace("\u0000", "").replace("\ud800", "");
    CaptureFixture fixture =
        CaptureFixture.at(temp.resolve("<img src=x onerror=window.hacked=7>"))
            .host(all)
            .ci(new CiContext("github", all, all, all, all, all, all, all, all, all));
    for (String text : texts) {
      String clean = text.replace("\u0000", "").replace("\ud800", "");
      fixture.exec(
          Map.of(
              "exe",
              "/tmp/" + clean + "/tcpdump",
              "filename",
              clean,
              "argv",
              List.of("tcpdump", clean),
              "cwd",
              clean,
              "comm",
              "tcpdump"));
    }
    fixture.event(
        Table.FAILED_EXECS, Map.of("filename", texts.get(1), "errno", 2, "comm", texts.get(0)));
    fixture.event(Table.RAW_SOCKETS, Map.of("action", texts.get(1), "comm", texts.get(2)));
    Path file = report("hostile", fixture.write());
    chromium.open(file);
    openEverything();
    assertEquals("undefined", text("typeof window.hacked"));
    assertEquals(List.of(file.toUri().toString()), chromium.requests());
    assertEquals(List.of(), chromium.complaints());
    assertEquals(2, chromium.number("document.scripts.length"));
    assertEquals(
        0,
        chromium.number(
            "document.querySelectorAll('img, iframe, link, object, embed, form, base, main style')"
                + ".length"));
    assertEquals(1, chromium.number("document.querySelectorAll('style').length"));
    assertEquals(0, chromium.number("document.querySelectorAll('main a').length"));
    assertTrue(
        text("document.body.innerText").contains("<img src=x onerror=window.hacked=2>"),
        "it is shown as what it is");
  }

  /** The browser itself refuses what a slip in the script could do. */
  @Test
  void policy_refusesMarkupAndRequests() throws IOException {
    Path file = report("policy", SAMPLES.resolve("man-in-the-middle"));
    chromium.open(file);
    assertEquals(
        "refused",
        text(
            "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done' }"
                + " catch (e) { return 'refused' } })()"));
    assertEquals(
        "refused", text("fetch('http://127.0.0.1:9/').then(() => 'done', () => 'refused')"));
    assertEquals(
        "refused",
        text(
            "new Promise(done => { const image = new Image();"
                + " document.addEventListener('securitypolicyviolation', () => done('refused'));"
                + " image.onload = () => done('done'); image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; })"));
  }

  @Test
  void manyChildrenOfOneKind_areOneRowUntilSomebodyAsks() throws IOException {
    CaptureFixture fixture = CaptureFixture.at(temp.resolve("many"));
    fixture.exec(Map.of("exe", "/usr/bin/make", "pid", 50, "start_boot_ns", 1L));
    for (int i = 0; i < 200; i++) {
      fixture.exec(
          Map.of(
              "exe",
              "/usr/bin/cc1",
              "argv",
              List.of("cc1", i + ".c"),
              "ppid",
              50,
              "ancestors",
              List.of(Map.of("pid", 50, "start", 1L, "comm", "make", "exe", "/usr/bin/make"))));
    }
    chromium.open(report("folded", fixture.write()));
    assertEquals(
        "× 200 /usr/bin/cc1",
        text("document.querySelector('#tree .fold').innerText.replace(/[▸\\s]+/g, ' ').trim()"));
    chromium.evaluate("document.querySelector('#tree .fold .twist').click()");
    chromium.settle();
    assertEquals(201 * 24, height());
    int drawn = chromium.number("document.querySelectorAll('#tree [role=treeitem]').length");
    assertTrue(drawn < 100, drawn + " rows exist");
  }

  @Test
  void paper_getsTheFindingsWhole() throws IOException {
    chromium.open(report("paper", SAMPLES.resolve("man-in-the-middle")));
    byte[] pdf = chromium.pdf();
    assertTrue(pdf.length > 10_000, "" + pdf.length);
    assertEquals(
        chromium.number("document.querySelectorAll('.finding').length"),
        chromium.number("document.querySelectorAll('.finding[open] .body').length"));
  }

  private static void openEverything() {
    chromium.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })");
    chromium.settle();
    chromium.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })");
    chromium.evaluate("document.querySelector('#tree [role=tree]').focus()");
    chromium.press("Home", 36);
    for (int i = 0; i < 15; i++) {
      chromium.press("ArrowDown", 40);
    }
    chromium.settle();
  }

  private static int height() {
    return chromium.number("parseInt(document.querySelector('#tree .space').style.height)");
  }

  private static String active() {
    return text("document.querySelector('#tree .row.active').dataset.row");
  }

  private static String text(String expression) {
    return chromium.text(expression);
  }

  private static Path report(String name, Path capture, String... options) throws IOException {
    Path file = temp.resolve(name + ".html");
    List<String> arguments = new ArrayList<>(List.of("report", "-o", file.toString()));
    arguments.addAll(List.of(options));
    arguments.add(capture.toString());
    Run run = Run.of(arguments.toArray(String[]::new));
    assertTrue(run.code() == 0 || run.code() == 4, run.err());
    assertTrue(Files.size(file) > 100_000, "nothing but a stub");
    return file;
  }
}
