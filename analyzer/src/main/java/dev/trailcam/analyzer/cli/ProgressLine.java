// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.report.TerminalText;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Shows on a terminal what is being done, once that takes longer than a second, such as {@code rule
 * 7/25 net_sniff_tool_exec 43 % 1.2 M executions}.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";
  private static final int MAX_CHARS = 90;

  private final Terminal terminal;
  private final ScheduledExecutorService timer;
  private final Thread onInterrupt = new Thread(this::clear, "progress-end");
  private volatile String state = "";
  private volatile long executions;
  private volatile IntSupplier percent = () -> -1;
  private boolean shown;
  private boolean closed;

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
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    var unused = timer.scheduleAtFixedRate(this::show, 1000, 200, TimeUnit.MILLISECONDS);
  }

  @Override
  public void at(String what, long done, long total) {
    if (timer != null) {
      state = state(what, done, total);
    }
  }

  /** The number goes behind the first word: "rule 7/25 net_sniff_tool_exec". */
  private static String state(String what, long done, long total) {
    if (total == 0) {
      return what;
    }
    int space = what.indexOf(' ');
    String first = space < 0 ? what : what.substring(0, space);
    String rest = space < 0 ? "" : what.substring(space);
    return String.format(Locale.ROOT, "%s %,d/%,d%s", first, done, total, rest);
  }

  @Override
  public void executions(long total) {
    executions = total;
  }

  @Override
  public void within(IntSupplier whom) {
    percent = whom;
  }

  /** What the line says now. */
  String text() {
    String work = TerminalText.plain(state);
    int done = percent.getAsInt();
    String tail = (done > 0 ? "  " + done + " %" : "") + read(executions);
    int room = Math.max(0, MAX_CHARS - tail.length());
    return work.substring(0, Math.min(room, work.length())) + tail;
  }

  private static String read(long count) {
    if (count == 0) {
      return "";
    }
    return count < 1_000_000
        ? String.format(Locale.ROOT, "  %,d executions", count)
        : String.format(Locale.ROOT, "  %,.1f M executions", count / 1e6);
  }

  private synchronized void show() {
    if (!closed) {
      terminal.err().print(CLEAR + text());
      terminal.err().flush();
      shown = true;
    }
  }

  /** Takes the line away for good, for whoever writes to the same terminal. */
  synchronized void clear() {
    closed = true;
    if (shown) {
      terminal.err().print(CLEAR);
      terminal.err().flush();
    }
  }

  /** Leaves the line as if nothing had been there. */
  @Override
  public void close() {
    if (timer == null) {
      return;
    }
    timer.shutdownNow();
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The program is being ended; the hook has nothing left to do.
    }
  }
}
