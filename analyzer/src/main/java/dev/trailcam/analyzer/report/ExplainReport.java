// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.explanation.Explanation;
import java.io.PrintWriter;

/** Writes an explanation. The same explanation gives the same bytes. */
public final class ExplainReport {

  private ExplainReport() {}

  /** Writes the whole report, as text for people or else as JSON; the caller flushes. */
  public static void write(Explanation explanation, Format format, Style style, PrintWriter out) {
    switch (format) {
      case TABLE -> new ExplainTable(explanation, new Page(out, style)).write();
      case NDJSON -> {
        Json.compact(ExplainDocument.of(explanation), out);
        out.print('\n');
      }
      default -> {
        Json.pretty(ExplainDocument.of(explanation), out);
        out.print('\n');
      }
    }
  }
}
