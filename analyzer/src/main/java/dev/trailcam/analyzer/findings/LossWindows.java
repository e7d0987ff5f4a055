// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every time in which evidence is missing. */
public final class LossWindows {

  private LossWindows() {}

  /** Those of each capture by time, in the order of the captures; then what has no times. */
  public static List<LossWindow> of(
      List<Capture> captures, List<EvidenceProblem> unreadable, LossLedger ledger) {
    List<LossWindow> windows = new ArrayList<>();
    for (Capture capture : captures) {
      Spans spans = new Spans();
      CaptureGaps.of(capture, ledger).forEach(spans::add);
      spans.list().forEach(span -> windows.add(window(capture, span)));
    }
    for (EvidenceProblem problem : unreadable) {
      windows.add(
          new LossWindow(
              null,
              problem.path(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              new TreeMap<>(),
              true,
              causes(problem)));
    }
    return windows;
  }

  private static SortedSet<String> causes(EvidenceProblem problem) {
    SortedSet<String> causes = new TreeSet<>();
    causes.add(problem.kind().id());
    return causes;
  }

  private static LossWindow window(Capture capture, Span span) {
    return new LossWindow(
        capture.id(),
        capture.path(),
        span.from() == Span.OPEN_FROM ? OptionalLong.empty() : OptionalLong.of(span.from()),
        span.to() == Span.OPEN_TO ? OptionalLong.empty() : OptionalLong.of(span.to()),
        span.lost(),
        span.uncounted(),
        span.causes());
  }
}
