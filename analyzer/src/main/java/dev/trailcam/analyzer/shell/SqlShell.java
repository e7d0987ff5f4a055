// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.shell;

import dev.trailcam.analyzer.engine.QuerySession;
import dev.trailcam.analyzer.gate.StatementText;
import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.report.ResultTable;
import dev.trailcam.analyzer.report.Style;
import dev.trailcam.analyzer.report.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * Takes queries from a terminal until told to stop. A query ends with a semicolon and may have many
 * lines; Ctrl-C stops the query and not the shell; what does not fit the window goes to a pager.
 */
public final class SqlShell {
  private static final String PROMPT = "trailcam> ";
  private static final String HELP =
      """
      SELECT ...;      run a query; it may have several lines and ends with a semicolon
      .tables          views and lists
      .schema [VIEW]   their columns
      .help            this
      .quit            leave; so does Ctrl-D
      Ctrl-C stops the query that is running. Tab completes names.
      """;

  private final QuerySession session;
  private final Map<String, List<QueryColumn>> tables;
  private final Terminal terminal;
  private final Consumer<PagedOutput.Content> pages;
  private final Style style;

  /**
   * A shell that has not begun.
   *
   * @param out where results go, which is the terminal
   * @param pager command that shows what does not fit the window; empty for none
   */
  public SqlShell(
      QuerySession session, Terminal terminal, PrintWriter out, Style style, String pager) {
    this.session = session;
    this.tables = session.tables();
    this.terminal = terminal;
    this.style = style;
    this.pages = content -> new PagedOutput(out, pager, terminal.getHeight() - 1).show(content);
  }

  /**
   * Runs it.
   *
   * @param history file of what was typed before; it is made if need be
   * @throws IOException if the history cannot be kept
   */
  public void run(HistoryFile history) throws IOException {
    LineReader reader =
        TypedLines.reader(
            terminal, new NameCompleter(tables, session.functions()), history.prepared());
    boolean more = true;
    while (more) {
      try {
        more = obey(reader.readLine(PROMPT).strip());
      } catch (UserInterruptException e) {
        // What was typed is thrown away, and nothing else.
      } catch (EndOfFileException e) {
        more = false;
      }
    }
    reader.getHistory().save();
  }

  /** Does what a line says; false if that is to stop. */
  private boolean obey(String line) {
    String[] words = line.split("\\s+", 2);
    switch (words[0]) {
      case ".quit", ".exit", "quit", "exit", "quit;", "exit;" -> {
        return false;
      }
      case ".help" -> pages.accept(out -> out.print(HELP));
      case ".tables" -> pages.accept(out -> tables.keySet().forEach(out::println));
      case ".schema" -> schema(words.length == 1 ? "" : words[1].strip());
      default -> {
        if (line.startsWith(".")) {
          say("there is no " + words[0] + "; .help says what there is");
        } else if (!StatementText.empty(line)) {
          query(line);
        }
      }
    }
    return true;
  }

  private void schema(String view) {
    if (!view.isEmpty() && !tables.containsKey(view)) {
      say("there is no " + view + "; there are " + String.join(", ", tables.keySet()));
      return;
    }
    pages.accept(
        out ->
            tables.forEach(
                (name, columns) -> {
                  if (view.isEmpty() || view.equals(name)) {
                    out.println(TerminalText.plain(name));
                    columns.forEach(
                        column ->
                            out.println(
                                "  " + TerminalText.plain(column.name() + " " + column.type())));
                  }
                }));
  }

  private void query(String sql) {
    SignalHandler before = terminal.handle(Signal.INT, signal -> session.cancel());
    try {
      QueryException[] fault = new QueryException[1];
      pages.accept(
          out -> {
            try {
              session.run(sql, new ResultTable(out, style, true));
            } catch (QueryException e) {
              fault[0] = e;
            }
          });
      if (fault[0] != null) {
        say(fault[0].getMessage());
      }
    } finally {
      terminal.handle(Signal.INT, before);
    }
  }

  private void say(String message) {
    terminal.writer().println(TerminalText.plain(message));
    terminal.flush();
  }
}
