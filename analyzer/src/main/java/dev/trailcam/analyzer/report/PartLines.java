// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.timeline.EventKind;
import dev.trailcam.analyzer.timeline.Part;
import dev.trailcam.analyzer.timeline.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A line for each part of the time, with what was found then, for people. */
final class PartLines {
  private static final int BAR = 20;
  private static final int MIN_ROOM = 24;
  private static final int MAX_RULES = 5;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final Page page;
  private final Glyphs glyphs;

  PartLines(Page page, Glyphs glyphs) {
    this.page = page;
    this.glyphs = glyphs;
  }

  void write(Timeline.Counted counted) {
    long most =
        counted.parts().stream().mapToLong(part -> part.count(EventKind.EXECUTION)).max().orElse(0);
    int digits = Long.toString(most).length();
    String day = null;
    Part before = null;
    for (Part part : counted.parts()) {
      String time = Times.utc(part.fromNs());
      String today = time.substring(0, time.indexOf('T'));
      if (before == null) {
        page.blank();
        page.line(0, page.style().dim("in parts of " + length(counted.lengthNs()) + ", UTC"));
      }
      if (counted.lengthNs() < DAY && !today.equals(day)) {
        day = today;
        page.line(0, page.style().bold(day));
      }
      if (before != null && part.fromNs() > before.toNs()) {
        page.line(0, nothing(before, part));
      }
      line(part, label(time, counted.lengthNs()), most, digits);
      findings(part);
      before = part;
    }
  }

  private static String label(String time, long length) {
    int clock = time.indexOf('T') + 1;
    return length >= DAY
        ? time.substring(0, clock - 1)
        : time.substring(clock, clock + (length % SECOND == 0 ? 8 : 12));
  }

  private void line(Part part, String label, long most, int digits) {
    long executions = part.count(EventKind.EXECUTION);
    int bar = executions == 0 ? 0 : (int) Math.max(1, executions * (double) BAR / most);
    bar = Math.min(BAR, bar);
    String counts = String.format(Locale.ROOT, "%" + digits + "d exec", executions) + others(part);
    String rest = part.parts() > 1 ? "and " + (part.parts() - 1) + " more parts  " : "";
    String programs = programs(part);
    int used =
        label.length()
            + 2
            + BAR
            + 2
            + rest.length()
            + counts.length()
            + 2
            + (part.evidenceWhole() ? 0 : 12);
    page.line(
        0,
        label
            + "  "
            + glyphs.bar(bar)
            + " ".repeat(BAR - bar + 2)
            + rest
            + counts
            + (part.evidenceWhole() ? "" : page.style().warning("  incomplete"))
            + (programs.isEmpty()
                ? ""
                : "  "
                    + page.style()
                        .dim(
                            glyphs.cut(
                                programs, Math.max(MIN_ROOM, page.style().width() - used)))));
  }

  private static String others(Part part) {
    StringBuilder text = new StringBuilder();
    add(text, part.count(EventKind.FAILED_EXECUTION), " failed");
    add(
        text,
        part.count(EventKind.RAW_SOCKET),
        part.count(EventKind.RAW_SOCKET) == 1 ? " socket" : " sockets");
    add(text, part.count(EventKind.EXIT), " exit");
    add(text, part.count(EventKind.CAPTURE_BEGIN), " begin");
    add(text, part.count(EventKind.CAPTURE_END), " end");
    return text.toString();
  }

  private static void add(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(what);
    }
  }

  private String programs(Part part) {
    if (part.mostly().isEmpty()) {
      return "";
    }
    long more = part.programs() - part.mostly().size();
    return part.mostly().stream()
            .map(one -> name(one.program()) + " " + glyphs.times() + one.executions())
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String name(String program) {
    return program == null
        ? "?"
        : TerminalText.plain(program.substring(program.lastIndexOf('/') + 1));
  }

  /** A rule that found much has one line, with the first that it found. */
  private void findings(Part part) {
    Map<String, List<Finding>> rules = new LinkedHashMap<>();
    for (Finding finding : part.findings()) {
      rules
          .computeIfAbsent(FindingLine.rule(finding, page.style()), rule -> new ArrayList<>())
          .add(finding);
    }
    rules.entrySet().stream()
        .limit(MAX_RULES)
        .forEach(
            rule ->
                page.line(
                    4,
                    rule.getKey()
                        + (rule.getValue().size() == 1
                            ? ""
                            : " " + glyphs.times() + rule.getValue().size())
                        + page.style().dim("  finding " + rule.getValue().get(0).id())));
    if (rules.size() > MAX_RULES) {
      page.line(4, "and of " + count(rules.size() - MAX_RULES, "more rule"));
    }
  }

  /** A window of loss begins and ends in parts of its own, so that it is told on both sides. */
  private String nothing(Part before, Part after) {
    return page.style().dim(glyphs.more() + " nothing for " + gap(before, after))
        + (before.evidenceWhole() || after.evidenceWhole()
            ? ""
            : page.style().warning("  incomplete"));
  }

  private static String gap(Part before, Part after) {
    try {
      return length(Math.subtractExact(after.fromNs(), before.toNs()));
    } catch (ArithmeticException e) {
      return "ages";
    }
  }

  /** A length of time in its two largest units. */
  private static String length(long ns) {
    long[] units = {DAY, HOUR, MINUTE, SECOND, MILLISECOND};
    String[] names = {"d", "h", "min", "s", "ms"};
    for (int i = 0; i < units.length; i++) {
      if (ns >= units[i]) {
        long next = i + 1 < units.length ? ns % units[i] / units[i + 1] : 0;
        return ns / units[i] + " " + names[i] + (next == 0 ? "" : " " + next + " " + names[i + 1]);
      }
    }
    return "no time";
  }
}
