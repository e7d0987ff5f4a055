// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.novelty.Novelty;
import java.io.PrintWriter;
import java.util.Map;

/** Writes what a run did that others did not. The same comparison gives the same bytes. */
public final class CompareReport {

  private CompareReport() {}

  /**
   * Writes the whole report; the caller flushes.
   *
   * @param suppressedToo whether a report for people lists new findings that are suppressed
   */
  public static void write(
      Novelty novelty, boolean suppressedToo, Format format, Style style, PrintWriter out) {
    CompareDocuments documents = new CompareDocuments(novelty);
    switch (format) {
      case TABLE -> new CompareTable(novelty, suppressedToo, new Page(out, style)).write();
      case MARKDOWN -> new CompareMarkdown(novelty, suppressedToo, out).write();
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
