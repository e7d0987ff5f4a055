// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Chooses events where there are more than anybody wants to read. */
public final class Nearest {

  private Nearest() {}

  /**
   * Those nearest to a moment, or the earliest, as they happened.
   *
   * @param events those of each kind by time
   * @param limit from 1
   */
  public static List<TimelineEvent> of(
      List<TimelineEvent> events, OptionalLong momentNs, int limit) {
    List<TimelineEvent> chosen = new ArrayList<>(events);
    chosen.sort(TimelineEvent.ORDER);
    if (chosen.size() <= limit) {
      return chosen;
    }
    if (momentNs.isPresent()) {
      chosen.sort(Comparator.comparing(event -> distance(event, momentNs.getAsLong())));
    }
    List<TimelineEvent> kept = new ArrayList<>(chosen.subList(0, limit));
    kept.sort(TimelineEvent.ORDER);
    return kept;
  }

  /** The nearest have the smallest; what is too far for a number is as far as any. */
  private static long distance(TimelineEvent event, long moment) {
    try {
      return Math.absExact(Math.subtractExact(event.tsNs(), moment));
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
