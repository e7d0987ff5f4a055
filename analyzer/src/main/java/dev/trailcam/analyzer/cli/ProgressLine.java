// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.report.TerminalText;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows on a terminal what is being done, once that takes longer than a second. */
final class ProgressLine implements Progress, AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";
  private static final int MAX_CHARS = 70;

  private final Terminal terminal;
  private final ScheduledExecutorService timer;
  private volatile String state = "";
  private boolean shown;

  /** Shows nothing at all unless somebody looks. */
  ProgressLine(Terminal terminal, boolean quiet) {
    this.terminal = terminal;
    if (quiet || !terminal.errIsTerminal()) {
      timer = null;
      return;
    }
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleAtFixedRate(this::show, 1000, 200, TimeUnit.MILLISECONDS);
  }

  @Override
  public void at(String what, long done, long total) {
    if (timer != null) {
      state = total == 0 ? what : what + " (" + done + "/" + total + ")";
    }
  }

  private synchronized void show() {
    String text = TerminalText.plain(state);
    terminal.err().print(CLEAR + text.substring(0, Math.min(MAX_CHARS, text.length())));
    terminal.err().flush();
    shown = true;
  }

  /** Leaves the line as if nothing had been there. */
  @Override
  public void close() {
    if (timer == null) {
      return;
    }
    timer.shutdownNow();
    synchronized (this) {
      if (shown) {
        terminal.err().print(CLEAR);
        terminal.err().flush();
      }
    }
  }
}
