// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.ArrayList;
import java.util.List;

/**
 * Spans of one capture, added in the order of {@link Span#ORDER}, those that overlap or touch made
 * one. However many come, few are kept: beyond the limit the two that are closest together are
 * joined, which says that less is certain and never that more is.
 */
final class Spans {
  static final int LIMIT = 200;

  private final List<Span> spans = new ArrayList<>();

  void add(Span span) {
    int last = spans.size() - 1;
    if (last >= 0 && span.from() <= spans.get(last).to()) {
      spans.set(last, spans.get(last).with(span));
      return;
    }
    spans.add(span);
    if (spans.size() > LIMIT) {
      joinClosest();
    }
  }

  private void joinClosest() {
    int closest = 1;
    for (int i = 2; i < spans.size(); i++) {
      if (gap(i) < gap(closest)) {
        closest = i;
      }
    }
    spans.set(closest - 1, spans.get(closest - 1).with(spans.remove(closest)));
  }

  private long gap(int i) {
    // Above zero, or they would have been joined; more than a long holds is far enough.
    long gap = spans.get(i).from() - spans.get(i - 1).to();
    return gap < 0 ? Long.MAX_VALUE : gap;
  }

  List<Span> list() {
    return spans;
  }
}
