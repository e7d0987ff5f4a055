// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;
import static dev.trailcam.analyzer.report.TerminalText.plainOrUnknown;

import dev.trailcam.analyzer.evidence.ActivityCounts;
import dev.trailcam.analyzer.evidence.ActivityCounts.Histogram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what the executions of a capture were, as a part of a page or of a document. */
final class ActivityReport {
  private static final int INDENT = 2;
  private static final int BAR = 40;
  private static final long BILLION = 1_000_000_000L;
  private static final long MAX_SECONDS = Long.MAX_VALUE / BILLION;

  private ActivityReport() {}

  static void write(Page page, ActivityCounts activity, Glyphs glyphs) {
    if (activity.histogram().counts().isEmpty()) {
      return; // nothing was executed, and that has been said
    }
    ranking(page, "dirs", activity.directories(), "distinct");
    ranking(page, "users", activity.users(), "distinct (effective ids)");
    ActivityCounts.Rare rare = activity.rare();
    page.labelled(
        INDENT,
        "rare",
        count(rare.programs(), "program")
            + " ran once"
            + (rare.programs() > rare.first().size()
                ? "; the first " + rare.first().size() + ":"
                : ""));
    for (ActivityCounts.Once once : rare.first()) {
      page.line(INDENT + 2, Times.utc(once.tsNs()) + "  " + TerminalText.plain(once.exe()));
    }
    histogram(page, activity.histogram(), glyphs);
  }

  private static void ranking(
      Page page, String label, ActivityCounts.Ranking ranking, String what) {
    page.labelled(INDENT, label, ranking.distinct() + " " + what);
    for (ActivityCounts.Entry entry : ranking.top()) {
      page.labelled(INDENT + 2, Long.toString(entry.executions()), plainOrUnknown(entry.name()));
    }
  }

  private static void histogram(Page page, Histogram histogram, Glyphs glyphs) {
    page.labelled(INDENT, "time", "executions per " + length(histogram.seconds()) + ", UTC");
    long most = histogram.counts().stream().mapToLong(Long::longValue).max().orElse(1);
    int digits = Long.toString(most).length();
    for (int i = 0; i < histogram.counts().size(); i++) {
      long count = histogram.counts().get(i);
      String number = Long.toString(count);
      page.line(
          INDENT + 2,
          start(histogram, i)
              + "  "
              + " ".repeat(digits - number.length())
              + number
              + "  "
              + bar(count, most, glyphs));
    }
  }

  /** Whatever is there shows at least a little. */
  private static String bar(long count, long most, Glyphs glyphs) {
    return glyphs.bar((int) Math.ceil((double) count / most * BAR));
  }

  private static String length(long seconds) {
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + " d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  /** To the second: no interval begins in between. */
  private static String start(Histogram histogram, int interval) {
    long seconds = histogram.firstSeconds() + interval * histogram.seconds();
    long shown = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, seconds));
    return Times.utc(shown * BILLION).replaceFirst("\\.0{9}Z$", "Z");
  }

  /** The same facts by name. */
  static void add(Map<String, Object> document, ActivityCounts activity) {
    document.put("directories", activity.directories().distinct());
    document.put("top_directories", entries("directory", activity.directories()));
    document.put("users", activity.users().distinct());
    document.put("top_users", entries("euid", activity.users()));
    document.put("programs_run_once", activity.rare().programs());
    document.put(
        "first_run_once",
        activity.rare().first().stream()
            .map(
                once -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("program", once.exe());
                  one.put("ts", Times.utc(once.tsNs()));
                  return one;
                })
            .toList());
    Histogram histogram = activity.histogram();
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("interval_seconds", histogram.seconds());
    times.put("first", histogram.counts().isEmpty() ? null : start(histogram, 0));
    times.put("executions", histogram.counts());
    document.put("histogram", times);
  }

  private static List<Map<String, Object>> entries(String name, ActivityCounts.Ranking ranking) {
    return ranking.top().stream()
        .map(
            entry -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put(name, entry.name());
              one.put("executions", entry.executions());
              return one;
            })
        .toList();
  }
}
