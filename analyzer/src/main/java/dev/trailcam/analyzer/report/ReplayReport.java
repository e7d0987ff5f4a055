// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.ReplayResult;
import java.io.PrintWriter;
import java.util.Map;

/** Writes the result of a replay. The same result gives the same bytes. */
public final class ReplayReport {

  private ReplayReport() {}

  /** Writes the whole report; the caller flushes. */
  public static void write(ReplayResult result, Format format, Style style, PrintWriter out) {
    write(result, false, format, style, out);
  }

  /**
   * The same.
   *
   * @param suppressedToo whether a report for people lists suppressed findings one by one
   */
  public static void write(
      ReplayResult result, boolean suppressedToo, Format format, Style style, PrintWriter out) {
    switch (format) {
      case TABLE -> new ReplayTable(result, suppressedToo, new Page(out, style)).write();
      case JSON -> json(result, out);
      case NDJSON -> ndjson(result, out);
      case MARKDOWN -> new ReplayMarkdown(result, out).write();
    }
  }

  private static void json(ReplayResult result, PrintWriter out) {
    Map<String, Object> document =
        Documents.listed("findings", result.findings().stream().map(Documents::finding).toList());
    document.put("inconclusive_windows", result.windows().stream().map(Documents::window).toList());
    document.put("summary", Documents.summary(result));
    Json.pretty(document, out);
    out.print('\n');
  }

  private static void ndjson(ReplayResult result, PrintWriter out) {
    for (Finding finding : result.findings()) {
      Documents.line("finding", Documents.finding(finding), out);
    }
    for (InconclusiveWindow window : result.windows()) {
      Documents.line("inconclusive_window", Documents.window(window), out);
    }
    Documents.line("summary", Documents.summary(result), out);
  }
}
