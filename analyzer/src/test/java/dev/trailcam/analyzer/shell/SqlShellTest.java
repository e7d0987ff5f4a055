// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.CaptureFixture;
import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.engine.QuerySession;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.query.QueryRows;
import dev.trailcam.analyzer.report.Style;
import dev.trailcam.analyzer.rules.RuleSurface;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlShellTest {
  @TempDir Path temp;
  private QuerySession session;

  @BeforeEach
  void open() throws QueryException {
    Path capture =
        CaptureFixture.at(temp.resolve("c"))
            .exec("/usr/bin/make", "make")
            .exec("/usr/bin/tcpdump", "tcpdump", "-i", "any")
            .write();
    session =
        new Engine("test", EngineOptions.DEFAULT, Progress.NONE)
            .ask(
                CaptureSet.open(List.of(capture), name -> {}),
                RuleSurface.packed(),
                Optional.empty());
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** What comes out where this is typed, and a window of so many lines. */
  private String typed(String input, int lines, String pager) throws IOException {
    StringWriter out = new StringWriter();
    ByteArrayOutputStream echo = new ByteArrayOutputStream();
    try (Terminal terminal =
        new DumbTerminal(
            "test", "dumb", new ByteArrayInputStream(input.getBytes(UTF_8)), echo, UTF_8)) {
      terminal.setSize(new Size(100, lines));
      new SqlShell(session, terminal, new PrintWriter(out), new Style(false, 100), pager)
          .run(history());
    }
    return out + "|" + echo.toString(UTF_8);
  }

  private HistoryFile history() {
    return HistoryFile.of(Map.of("XDG_STATE_HOME", temp.resolve("state").toString()));
  }

  @Test
  void statements_haveSeveralLinesAndSurviveMistakes() throws IOException {
    String out =
        typed(
            """
            SELECT nonsense FROM execs;
            COPY execs TO '/tmp/x';
            SELECT exe
            FROM execs -- not yet ;
            WHERE exe LIKE '%;%' OR exe LIKE '/usr/%'
            ORDER BY seq;
            .nothing
            .quit
            SELECT 'unreachable';
            """,
            50, "");
    assertTrue(out.startsWith("exe\n/usr/bin/make\n/usr/bin/tcpdump\n(2 rows)\n|"), out);
    assertTrue(out.contains("Referenced column \"nonsense\" not found"), out);
    assertTrue(out.contains("the query is not one SELECT"), out);
    assertTrue(out.contains("there is no .nothing; .help says what there is"), out);
  }

  @Test
  void tables_andTheirColumnsAreTold() throws IOException {
    String out = typed(".tables\n.schema losses\n.schema nothing\n", 500, "");
    assertTrue(out.contains("\nexecs\nexits\n"), out);
    assertTrue(out.contains("\nlosses\n  capture_id VARCHAR\n"), out);
    assertTrue(out.contains("there is no nothing; there are account_tools, "), out);
  }

  @Test
  void history_isItsOwnersAlone() throws IOException {
    typed("SELECT 1;\n", 50, "");
    Path file = temp.resolve("state/trailcam/sql_history");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).contains("SELECT 1;"), Files.readString(file));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    typed("SELECT 2;\n", 50, "");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).contains("SELECT 1;"), Files.readString(file));
    assertTrue(Files.readString(file).contains("SELECT 2;"), Files.readString(file));
  }

  @Test
  void moreThanTheWindow_goesToThePager() throws IOException {
    Path paged = temp.resolve("paged");
    String pager = "cat > " + paged;
    assertTrue(typed("SELECT * FROM range(5);\n", 20, pager).startsWith("range\n    0\n"));
    assertTrue(Files.notExists(paged));
    assertTrue(typed("SELECT * FROM range(5000);\n", 20, pager).startsWith("|"));
    assertEquals(5002, Files.readAllLines(paged).size());
    // A pager that nobody reads to the end, and one that there is not.
    assertTrue(typed("SELECT * FROM range(500000);\nSELECT 7;\n", 20, "true").startsWith("7\n7\n"));
    assertTrue(typed("SELECT * FROM range(100);\nSELECT 7;\n", 20, "/nowhere").startsWith("7\n"));
  }

  @Test
  void cancelled_stopsTheQueryAndNotTheSession() throws IOException {
    List<String> seen = new ArrayList<>();
    QueryRows cancelling =
        new QueryRows() {
          @Override
          public void columns(List<QueryColumn> columns) {}

          @Override
          public void row(List<Object> values) {
            seen.add("row");
            session.cancel();
          }

          @Override
          public void end() {
            seen.add("end");
          }
        };
    String endless = "SELECT * FROM range(100000000000)";
    QueryException between =
        assertThrows(QueryException.class, () -> session.run(endless, cancelling));
    assertTrue(between.getMessage().contains("stopped"), between.getMessage());

    AtomicBoolean over = new AtomicBoolean();
    Thread impatient =
        new Thread(
            () -> {
              while (!over.get()) {
                session.cancel(); // one that comes before the query has begun stops nothing
                Thread.onSpinWait();
              }
            });
    impatient.start();
    String rowless = "SELECT count(*) FROM range(10000000000000) AS r(i) WHERE i % 7 = sqrt(i)";
    QueryException within =
        assertThrows(QueryException.class, () -> session.run(rowless, cancelling));
    over.set(true);
    assertTrue(within.getMessage().contains("stopped"), within.getMessage());
    assertEquals(List.of("row"), seen);
    assertTrue(typed("SELECT 42 AS n;\n", 20, "").contains("42"));
  }

  @Test
  void names_areCompleted() {
    NameCompleter completer = new NameCompleter(session.tables(), new TreeSet<>(List.of("count")));
    assertTrue(offered(completer, "SELECT count(ex").contains("count(execs"));
    assertTrue(offered(completer, "SELECT e.ar").contains("e.argv"));
    assertTrue(offered(completer, ".sch").contains(".schema"));
    assertTrue(offered(completer, ".schema ra").contains("raw_sockets"));
    assertTrue(offered(completer, "select x fr").contains("from"));
  }

  private static List<String> offered(NameCompleter completer, String line) {
    ParsedLine parsed = new DefaultParser().parse(line, line.length(), ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();
    completer.complete(null, parsed, candidates);
    return candidates.stream().map(Candidate::value).toList();
  }
}
