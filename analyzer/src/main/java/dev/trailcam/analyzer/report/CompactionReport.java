// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.compaction.CompactionResult;
import dev.trailcam.analyzer.compaction.Rejection;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what a compaction made and what it left where it is. */
public final class CompactionReport {
  private CompactionReport() {}

  /** Writes the result; the caller flushes. */
  public static void write(CompactionResult result, Format format, Style style, PrintWriter out) {
    if (format == Format.TABLE) {
      table(result, new Page(out, style));
      return;
    }
    Map<String, Object> document =
        Documents.listed(
            "compacted", result.written().stream().map(CompactionReport::document).toList());
    document.put("already_compacted", result.already());
    document.put("left_out", result.rejections().stream().map(CompactionReport::document).toList());
    if (format == Format.JSON) {
      Json.pretty(document, out);
    } else {
      Json.compact(document, out);
    }
    out.print('\n');
  }

  private static void table(CompactionResult result, Page page) {
    for (CompactionResult.Written one : result.written()) {
      page.line(
          0,
          plain(one.path().toString())
              + ": "
              + one.captures()
              + " captures, "
              + one.rows()
              + " rows, "
              + one.originalBytes()
              + " bytes in "
              + one.bytes()
              + ", chain head "
              + one.headHash());
    }
    if (result.already() > 0) {
      page.line(0, result.already() + " captures were compacted before");
    }
    for (Rejection rejection : result.rejections()) {
      rejection
          .problems()
          .forEach(
              problem ->
                  page.line(
                      0, page.style().warning("left out") + ": " + ReplayTable.sentence(problem)));
      if (rejection.problems().isEmpty()) {
        page.line(0, page.style().warning("left out") + ": " + name(rejection));
      }
    }
    if (result.written().isEmpty()) {
      page.line(0, "nothing to compact");
    }
  }

  private static String name(Rejection rejection) {
    return rejection.capture().map(capture -> plain(capture.path())).orElse("?");
  }

  private static Map<String, Object> document(CompactionResult.Written one) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", one.path().toString());
    document.put("period", one.period().id());
    document.put("first_day", one.firstDay().toString());
    document.put("captures", one.captures());
    document.put("rows", one.rows());
    document.put("original_bytes", one.originalBytes());
    document.put("bytes", one.bytes());
    document.put("head_sha256", one.headHash());
    return document;
  }

  private static Map<String, Object> document(Rejection rejection) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", rejection.capture().map(capture -> capture.path()).orElse(null));
    document.put("capture_id", rejection.capture().map(capture -> capture.id()).orElse(null));
    document.put("problems", rejection.problems().stream().map(Documents::problem).toList());
    return document;
  }
}
