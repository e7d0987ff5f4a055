// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;
import static dev.trailcam.analyzer.report.TerminalText.plainOrUnknown;

import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.TimelineEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A line for each event, for people. */
final class EventLines {
  private static final int MIN_ROOM = 24;
  private static final int HOUR_DIGITS = 11;
  private static final int MICROSECOND_DIGITS = 26;
  private static final long MILLISECOND = 1_000_000;

  private final Page page;
  private final Glyphs glyphs;
  private final Machines machines;
  private final OptionalLong moment;
  private final String centre;

  EventLines(Timeline timeline, Page page, Glyphs glyphs) {
    this.page = page;
    this.glyphs = glyphs;
    this.machines = Machines.of(timeline.captures(), glyphs);
    this.moment = timeline.centres().stream().mapToLong(Timeline.Centre::tsNs).findFirst();
    this.centre = timeline.centres().stream().map(Timeline.Centre::execId).findFirst().orElse(null);
  }

  void write(List<TimelineEvent> events) {
    String day = null;
    for (TimelineEvent event : events) {
      String time = Times.utc(event.tsNs());
      String today = time.substring(0, time.indexOf('T'));
      if (!today.equals(day)) {
        day = today;
        page.blank();
        page.line(0, page.style().bold(day) + page.style().dim(" UTC"));
      }
      line(event, time);
    }
  }

  private void line(TimelineEvent event, String time) {
    boolean central =
        event instanceof TimelineEvent.Ran ran && ran.execution().execId().equals(centre);
    String mark = centre == null ? "" : glyphs.then();
    int clock = time.indexOf('T') + 1;
    String lead =
        (central ? mark : " ".repeat(mark.length()))
            + time.substring(clock, clock + MICROSECOND_DIGITS - HOUR_DIGITS)
            + relative(event.tsNs())
            + "  "
            + machines.column(event.captureId());
    String kind = String.format(Locale.ROOT, "%-6s  ", word(event));
    String tail = tail(event);
    int room =
        page.style().width()
            - TextWidth.of(lead)
            - kind.length()
            - (tail.isEmpty() ? 0 : tail.length() + 2);
    String text = glyphs.cut(text(event), Math.max(MIN_ROOM, room));
    page.line(
        0,
        (central ? page.style().bold(lead) : page.style().dim(lead))
            + kind
            + painted(event, text)
            + (tail.isEmpty() ? "" : "  " + page.style().dim(tail)));
    if (event instanceof TimelineEvent.Ran ran) {
      for (Finding finding : ran.findings()) {
        page.line(0, " ".repeat(TextWidth.of(lead)) + FindingLine.of(finding, page.style()));
      }
    }
  }

  /** Seconds before or after the moment that the others are shown around. */
  private String relative(long ns) {
    if (moment.isEmpty()) {
      return "";
    }
    long difference = ns - moment.getAsLong();
    long ms = Math.abs(difference) / MILLISECOND;
    return String.format(
        Locale.ROOT,
        " %11s",
        (difference < 0 ? "-" : "+")
            + ms / 1000
            + String.format(Locale.ROOT, ".%03d s", ms % 1000));
  }

  private static String word(TimelineEvent event) {
    return switch (event.kind()) {
      case CAPTURE_BEGIN -> "begin";
      case CAPTURE_END -> "end";
      case LOSS_BEGIN, LOSS_END -> "LOSS";
      case EXECUTION -> "exec";
      case FAILED_EXECUTION -> "failed";
      case RAW_SOCKET -> "socket";
      case EXIT -> "exit";
    };
  }

  private String painted(TimelineEvent event, String text) {
    if (event instanceof TimelineEvent.Ran ran) {
      Optional<Finding> worst = ran.findings().stream().filter(Finding::open).findFirst();
      return worst.isEmpty() ? text : page.style().severity(worst.get().severity(), text);
    }
    return event instanceof TimelineEvent.Mark mark && mark.loss().isPresent()
        ? page.style().warning(text)
        : text;
  }

  private static String text(TimelineEvent event) {
    if (event instanceof TimelineEvent.Ran ran) {
      return ran.execution().pid() + " " + command(ran.execution());
    }
    if (event instanceof TimelineEvent.Did did) {
      return did.event().pid()
          + " ("
          + plainOrUnknown(did.event().comm())
          + ")"
          + what(did.event());
    }
    TimelineEvent.Mark mark = (TimelineEvent.Mark) event;
    return switch (mark.kind()) {
      case CAPTURE_BEGIN -> "of recording " + plainOrUnknown(mark.text());
      case CAPTURE_END ->
          "of recording " + plain(mark.captureId()) + ": " + plainOrUnknown(mark.text());
      case LOSS_BEGIN -> "from here on " + mark.loss().map(CompletenessText::what).orElse("");
      default -> "up to here " + mark.loss().map(CompletenessText::what).orElse("");
    };
  }

  private static String command(Executed execution) {
    return execution.argv() == null
        ? plainOrUnknown(execution.program()) + " (arguments could not be read)"
        : TerminalText.shell(execution.argv()) + (execution.argvWhole() ? "" : " (cut)");
  }

  private static String what(OtherEvent event) {
    return switch (event.kind()) {
      case EXIT -> "";
      case FAILED -> " " + plainOrUnknown(event.text());
      case SOCKET -> " " + plainOrUnknown(event.text());
    };
  }

  private static String tail(TimelineEvent event) {
    if (event instanceof TimelineEvent.Ran ran) {
      Executed execution = ran.execution();
      return "uid "
          + execution.uid()
          + (execution.uid() == execution.euid() ? "" : ", euid " + execution.euid());
    }
    if (event instanceof TimelineEvent.Did did) {
      OtherEvent other = did.event();
      return switch (other.kind()) {
        case EXIT ->
            other.signal() != null
                ? "signal " + other.signal()
                : "exit " + (other.number() == null ? "?" : other.number());
        case FAILED, SOCKET ->
            other.number() == null || other.number() == 0 ? "" : "errno " + other.number();
      };
    }
    return "";
  }
}
