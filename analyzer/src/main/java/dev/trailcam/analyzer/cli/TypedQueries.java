// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.QuerySession;
import dev.trailcam.analyzer.report.Style;
import dev.trailcam.analyzer.shell.HistoryFile;
import dev.trailcam.analyzer.shell.SqlShell;
import java.io.IOException;
import org.jline.terminal.TerminalBuilder;

/** Runs the shell in the terminal this process was started in. */
record TypedQueries(Terminal terminal) {

  void run(QuerySession session, Style style) throws IOException {
    terminal.out().flush();
    // Through stty: the other ways unpack a library into a directory others may write to.
    try (org.jline.terminal.Terminal window =
        TerminalBuilder.builder()
            .system(true)
            .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
            .nativeSignals(true)
            .build()) {
      int columns = window.getWidth();
      Style fitting = columns > 0 ? new Style(style.colored(), columns) : style;
      window.writer().println(".help says what there is; Ctrl-D leaves");
      new SqlShell(session, window, terminal.out(), fitting, pager())
          .run(HistoryFile.of(terminal.environment()));
    }
  }

  /** What others use who ask; nothing else is guessed. */
  private String pager() {
    return terminal.environment().getOrDefault("PAGER", "less");
  }
}
