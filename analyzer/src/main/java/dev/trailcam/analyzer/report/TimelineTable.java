// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.timeline.EventKind;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.capture.ClockReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What happened in order of time, for people: what is missing, how much there is, then lines. */
final class TimelineTable {
  private final Timeline timeline;
  private final long elsewhere;
  private final Page page;
  private final Glyphs glyphs;

  TimelineTable(Timeline timeline, long elsewhere, Page page, Glyphs glyphs) {
    this.timeline = timeline;
    this.elsewhere = elsewhere;
    this.page = page;
    this.glyphs = glyphs;
  }

  void write() {
    completeness();
    head();
    if (timeline.content() instanceof Timeline.Counted counted) {
      new PartLines(page, glyphs).write(counted);
    } else if (timeline.content() instanceof Timeline.Each each) {
      new EventLines(timeline, page, glyphs).write(each.events());
    }
    if (timeline.leftOut() > 0) {
      page.line(0, glyphs.more() + " " + count(timeline.leftOut(), "more event"));
    }
  }

  private void completeness() {
    new CompletenessText(page).write(timeline.evidenceProblems(), timeline.windows());
    if (!timeline.evidenceWhole() && timeline.windows().isEmpty()) {
      page.line(2, "None of it is known to be missing in the time that is shown");
    }
    Headline.notRecorded(timeline.captures())
        .ifPresent(sentence -> page.line(0, page.style().warning(sentence)));
    recorded();
  }

  /** A time that was asked for and in which nobody recorded is not a quiet one. */
  private void recorded() {
    OptionalLong begin =
        timeline.captures().stream()
            .map(capture -> capture.manifest().start().clock())
            .filter(clock -> clock != null)
            .mapToLong(ClockReading::realNs)
            .min();
    if (timeline.fromNs().isPresent()
        && begin.isPresent()
        && begin.getAsLong() > timeline.fromNs().getAsLong()) {
      page.line(0, "Nothing was recorded before " + Times.utc(begin.getAsLong()));
    }
    boolean ended =
        timeline.captures().stream().allMatch(capture -> capture.manifest().end().isPresent());
    OptionalLong end =
        timeline.captures().stream()
            .flatMap(capture -> capture.manifest().end().stream())
            .filter(line -> line.clock() != null)
            .mapToLong(line -> line.clock().realNs())
            .max();
    if (ended
        && timeline.toNs().isPresent()
        && end.isPresent()
        && end.getAsLong() < timeline.toNs().getAsLong()) {
      page.line(0, "Nothing was recorded after " + Times.utc(end.getAsLong()));
    }
  }

  private void head() {
    Map<EventKind, Long> events = timeline.events();
    List<String> parts = new ArrayList<>();
    add(parts, events.get(EventKind.EXECUTION), "execution");
    add(parts, events.get(EventKind.FAILED_EXECUTION), "failed execution");
    add(parts, events.get(EventKind.RAW_SOCKET), "raw socket");
    add(parts, events.get(EventKind.EXIT), "end");
    page.prose(
        0, (parts.isEmpty() ? "Nothing" : String.join(", ", parts)) + time() + machines(), 0);
    if (timeline.notWanted() > 0) {
      page.line(0, count(timeline.notWanted(), "event") + " of processes that were not asked for");
    }
    if (timeline.leftOut() > 0) {
      page.prose(
          0, count(timeline.leftOut(), "event") + " counted but not shown: --limit shows more", 0);
    }
    if (elsewhere + timeline.findings().size() > 0) {
      page.line(
          0,
          FindingLine.counts(timeline.findings())
              + (elsewhere == 0
                  ? ""
                  : "; " + elsewhere + " more that are not about what is shown"));
    }
  }

  private static void add(List<String> parts, long n, String what) {
    if (n > 0) {
      parts.add(
          what.equals("end")
              ? n + (n == 1 ? " process" : " processes") + " ended"
              : count(n, what));
    }
  }

  private String time() {
    return (timeline.fromNs().isEmpty() ? "" : " from " + Times.utc(timeline.fromNs().getAsLong()))
        + (timeline.toNs().isEmpty() ? "" : " to " + Times.utc(timeline.toNs().getAsLong()));
  }

  private String machines() {
    long boots =
        timeline.captures().stream()
            .map(capture -> capture.manifest().start().bootId())
            .distinct()
            .count();
    List<String> hosts = timeline.captures().stream().map(TimelineTable::host).distinct().toList();
    if (hosts.size() == 1 && boots == 1) {
      return " on " + TerminalText.plain(hosts.get(0));
    }
    return " on " + count(hosts.size(), "machine") + " in " + count(boots, "boot");
  }

  private static String host(Capture capture) {
    return capture.manifest().start().host();
  }
}
