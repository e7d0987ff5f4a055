// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.timeline.Timeline;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what happened in order of time. The same timeline gives the same bytes. */
public final class TimelineReport {

  private TimelineReport() {}

  /**
   * Writes the whole report, as text for people or else as JSON; the caller flushes.
   *
   * @param elsewhere findings about executions that the timeline does not tell of
   * @param glyphs what to draw with for people
   */
  public static void write(
      Timeline timeline,
      long elsewhere,
      Format format,
      Style style,
      Glyphs glyphs,
      PrintWriter out) {
    if (format == Format.TABLE) {
      new TimelineTable(timeline, elsewhere, new Page(out, style), glyphs).write();
      return;
    }
    TimelineDocument document = new TimelineDocument(timeline);
    if (format == Format.NDJSON) {
      Documents.line("summary", document.summary(elsewhere), out);
      document.content().forEach(one -> Documents.line(document.type(), one, out));
      return;
    }
    List<Map<String, Object>> content = document.content();
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("summary", document.summary(elsewhere));
    whole.put(document.type() + "s", content);
    Json.pretty(whole, out);
    out.print('\n');
  }
}
