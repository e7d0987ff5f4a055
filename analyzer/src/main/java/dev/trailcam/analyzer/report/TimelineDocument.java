// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.timeline.EventKind;
import dev.trailcam.analyzer.timeline.Part;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.TimelineEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A timeline for {@link Json}, as {@code docs/timelines.md} has it; the names are only ever added.
 */
final class TimelineDocument {
  private final Timeline timeline;
  private final Map<String, Capture> captures = new HashMap<>();

  TimelineDocument(Timeline timeline) {
    this.timeline = timeline;
    timeline.captures().forEach(capture -> captures.put(capture.id(), capture));
  }

  /** What each of the content is: {@code event} or {@code part}. */
  String type() {
    return timeline.content() instanceof Timeline.Counted ? "part" : "event";
  }

  List<Map<String, Object>> content() {
    if (timeline.content() instanceof Timeline.Counted counted) {
      return counted.parts().stream().map(TimelineDocument::part).toList();
    }
    return ((Timeline.Each) timeline.content()).events().stream().map(this::event).toList();
  }

  Map<String, Object> summary(long elsewhere) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("evidence_complete", timeline.evidenceWhole());
    document.put("complete_then", timeline.windows().isEmpty());
    document.put("from", Times.utc(timeline.fromNs()));
    document.put("to", Times.utc(timeline.toNs()));
    document.put("around", timeline.centres().stream().map(this::centre).findFirst().orElse(null));
    document.put("events", counts(timeline.events()));
    document.put("left_out", timeline.leftOut());
    document.put("not_wanted", timeline.notWanted());
    document.put(
        "part_ns", timeline.content() instanceof Timeline.Counted some ? some.lengthNs() : null);
    document.put("findings", timeline.findings().size());
    document.put(
        "suppressed", timeline.findings().stream().filter(finding -> !finding.open()).count());
    document.put("findings_elsewhere", elsewhere);
    document.put("loss_windows", timeline.windows().stream().map(Documents::lossWindow).toList());
    document.put("captures", timeline.captures().stream().map(Documents::capture).toList());
    document.put("unreadable", timeline.unreadable().stream().map(Documents::problem).toList());
    return document;
  }

  private Map<String, Object> centre(Timeline.Centre centre) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("exec_id", centre.execId());
    document.put("ts", Times.utc(centre.tsNs()));
    return document;
  }

  private static Map<String, Object> counts(Map<EventKind, Long> events) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (EventKind kind : EventKind.values()) {
      document.put(kind.id(), events.getOrDefault(kind, 0L));
    }
    return document;
  }

  private static Map<String, Object> part(Part part) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("from", Times.utc(part.fromNs()));
    document.put("to", Times.utc(part.toNs()));
    document.put("parts", part.parts());
    document.put("evidence_complete", part.evidenceWhole());
    document.put("events", counts(part.events()));
    document.put("distinct_programs", part.programs());
    document.put("programs", part.mostly().stream().map(TimelineDocument::program).toList());
    document.put("findings", part.findings().stream().map(TreeDocument::finding).toList());
    return document;
  }

  private static Map<String, Object> program(Part.ProgramCount count) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("program", count.program());
    document.put("executions", count.executions());
    return document;
  }

  private Map<String, Object> event(TimelineEvent event) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", event.kind().id());
    document.put("ts", Times.utc(event.tsNs()));
    Capture capture = captures.get(event.captureId());
    document.put("host", capture == null ? null : capture.manifest().start().host());
    document.put("boot_id", capture == null ? null : capture.manifest().start().bootId());
    document.put("capture_id", event.captureId());
    if (event instanceof TimelineEvent.Ran ran) {
      execution(document, ran.execution());
      document.put("findings", ran.findings().stream().map(TreeDocument::finding).toList());
    } else if (event instanceof TimelineEvent.Did did) {
      other(document, did.event());
    } else if (event instanceof TimelineEvent.Mark mark) {
      String name = mark.kind() == EventKind.CAPTURE_END ? "reason" : "path";
      document.put(name, mark.loss().map(window -> window.path()).orElse(mark.text()));
      mark.loss().ifPresent(window -> document.put("loss", Documents.lossWindow(window)));
    }
    return document;
  }

  private static void execution(Map<String, Object> document, Executed execution) {
    document.put("process_id", execution.processId());
    document.put("pid", execution.pid());
    document.put("exec_id", execution.execId());
    document.put("program", execution.program());
    document.put("argv", execution.argv());
    document.put("argv_truncated", execution.argv() != null && !execution.argvWhole());
    document.put("cwd", execution.cwd());
    document.put("uid", execution.uid());
    document.put("euid", execution.euid());
  }

  private static void other(Map<String, Object> document, OtherEvent event) {
    document.put("process_id", event.processId());
    document.put("pid", event.pid());
    document.put("comm", event.comm());
    switch (event.kind()) {
      case EXIT -> {
        document.put("exit_code", event.number());
        document.put("signal", event.signal());
      }
      case FAILED -> {
        document.put("filename", event.text());
        document.put("errno", event.number());
      }
      case SOCKET -> {
        document.put("action", event.text());
        document.put("errno", event.number());
      }
    }
  }
}
