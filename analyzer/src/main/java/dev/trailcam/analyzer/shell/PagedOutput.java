// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Shows what fits the window as it is, and hands everything to a pager where it does not. The pager
 * may be left early: then nobody wants the rest.
 */
final class PagedOutput extends Writer {
  private final PrintWriter terminal;
  private final String pager;
  private final int height;
  private final StringBuilder held = new StringBuilder();
  private int lines;
  private Process process;
  private Writer toPager;

  /**
   * For one thing to show.
   *
   * @param pager a shell command; empty for none
   * @param height lines that fit, at least 1
   */
  PagedOutput(PrintWriter terminal, String pager, int height) {
    this.terminal = terminal;
    this.pager = pager;
    this.height = Math.max(1, height);
  }

  /** What writes lines. */
  @FunctionalInterface
  interface Content {
    void write(PrintWriter out);
  }

  void show(Content content) {
    PrintWriter out = new PrintWriter(this);
    content.write(out);
    out.close();
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    if (pager.isEmpty()) {
      terminal.write(buffer, offset, length);
      return;
    }
    if (toPager != null) {
      toPager.write(buffer, offset, length);
      return;
    }
    held.append(buffer, offset, length);
    for (int i = offset; i < offset + length; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
    if (lines > height) {
      begin();
    }
  }

  private void begin() throws IOException {
    terminal.flush();
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", pager)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // Colours are shown, and nothing is started or written from within less.
    builder.environment().putIfAbsent("LESS", "FRX");
    builder.environment().put("LESSSECURE", "1");
    process = builder.start();
    toPager = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    toPager.write(held.toString());
    held.setLength(0);
  }

  @Override
  public void flush() throws IOException {
    if (toPager != null) {
      toPager.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (process == null) {
      terminal.write(held.toString());
      terminal.flush();
      return;
    }
    try {
      toPager.close();
    } catch (IOException e) {
      // It was left before its end.
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
