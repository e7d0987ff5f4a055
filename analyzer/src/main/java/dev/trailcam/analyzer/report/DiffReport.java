// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.comparison.Comparison;
import java.io.PrintWriter;
import java.util.Map;

/** Writes a comparison. The same comparison gives the same bytes. */
public final class DiffReport {

  private DiffReport() {}

  /**
   * Writes the whole report; the caller flushes.
   *
   * @param examples findings to show of each kind and rule, from 0; JSON has all of them
   */
  public static void write(
      Comparison comparison, int examples, Format format, Style style, PrintWriter out) {
    DiffDocuments documents = new DiffDocuments(comparison);
    switch (format) {
      case TABLE -> new DiffTable(comparison, examples, new Page(out, style)).write();
      case MARKDOWN -> new DiffMarkdown(comparison, examples, out).write();
      case JSON -> {
        Json.pretty(documents.whole(), out);
        out.print('\n');
      }
      case NDJSON -> {
        for (Map<String, Object> line : documents.lines()) {
          Json.compact(line, out);
          out.print('\n');
        }
      }
    }
  }
}
