// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.LossWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Something that happened. */
public sealed interface TimelineEvent {
  /** As it happened; of one moment and kind, the order in which they came stays. */
  Comparator<TimelineEvent> ORDER =
      Comparator.comparingLong(TimelineEvent::tsNs).thenComparing(TimelineEvent::kind);

  /** What it was. */
  EventKind kind();

  /** Nanoseconds since 1970. */
  long tsNs();

  /** The capture that tells of it. */
  String captureId();

  /**
   * A program was executed.
   *
   * @param execution which
   * @param findings about it, worst first
   */
  record Ran(Executed execution, List<Finding> findings) implements TimelineEvent {
    /** Makes the list immutable. */
    public Ran {
      findings = List.copyOf(findings);
    }

    @Override
    public EventKind kind() {
      return EventKind.EXECUTION;
    }

    @Override
    public long tsNs() {
      return execution.tsNs();
    }

    @Override
    public String captureId() {
      return execution.captureId();
    }
  }

  /**
   * A process did something else.
   *
   * @param event what
   */
  record Did(OtherEvent event) implements TimelineEvent {
    @Override
    public EventKind kind() {
      return switch (event.kind()) {
        case EXIT -> EventKind.EXIT;
        case FAILED -> EventKind.FAILED_EXECUTION;
        case SOCKET -> EventKind.RAW_SOCKET;
      };
    }

    @Override
    public long tsNs() {
      return event.tsNs();
    }

    @Override
    public String captureId() {
      return event.captureId();
    }
  }

  /**
   * Something about the recording itself.
   *
   * @param kind which of the four
   * @param text of a begin the path of the capture, of an end the reason for it; null of others
   * @param loss what is missing; empty of a begin or an end
   */
  record Mark(EventKind kind, long tsNs, String captureId, String text, Optional<LossWindow> loss)
      implements TimelineEvent {}
}
