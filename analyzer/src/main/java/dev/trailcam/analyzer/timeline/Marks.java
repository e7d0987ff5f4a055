// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.timeline.TimelineEvent.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What captures tell of their recording: when it began and ended, and when something is missing.
 */
public final class Marks {

  private Marks() {}

  /** Those with a time, in the order of the captures and windows. */
  public static List<Mark> of(List<Capture> captures, List<LossWindow> windows) {
    List<Mark> marks = new ArrayList<>();
    for (Capture capture : captures) {
      if (capture.manifest().start().clock() != null) {
        marks.add(
            new Mark(
                EventKind.CAPTURE_BEGIN,
                capture.manifest().start().clock().realNs(),
                capture.id(),
                capture.path(),
                Optional.empty()));
      }
      capture
          .manifest()
          .end()
          .filter(end -> end.clock() != null)
          .ifPresent(
              end ->
                  marks.add(
                      new Mark(
                          EventKind.CAPTURE_END,
                          end.clock().realNs(),
                          capture.id(),
                          end.reason(),
                          Optional.empty())));
    }
    for (LossWindow window : windows) {
      // What is known to be missing of a capture whose manifest cannot be read has no time.
      window.fromNs().ifPresent(ns -> marks.add(loss(EventKind.LOSS_BEGIN, ns, window)));
      window.toNs().ifPresent(ns -> marks.add(loss(EventKind.LOSS_END, ns, window)));
    }
    return marks;
  }

  private static Mark loss(EventKind kind, long ns, LossWindow window) {
    return new Mark(kind, ns, window.captureId(), null, Optional.of(window));
  }
}
