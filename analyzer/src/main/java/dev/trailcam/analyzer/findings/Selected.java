// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was left out of a result because nobody asked for it.
 *
 * @param selection what was asked for, its times absolute
 * @param captures how many captures it did not admit
 * @param findings how many findings are outside of its time, in captures that overlap it
 */
public record Selected(Selection selection, long captures, long findings) {
  /** Everything was asked for. */
  public static final Selected ALL = new Selected(Selection.ALL, 0, 0);

  private static final long NANOS = 1_000_000_000L;

  /**
   * A result without the findings that are outside of the time, which are counted.
   *
   * @param result of the captures that were selected
   * @param notSelected how many others there are
   */
  public static ReplayResult narrow(ReplayResult result, Selection selection, long notSelected) {
    List<Finding> wanted = new ArrayList<>();
    for (Finding finding : result.findings()) {
      if (selection.admits(time(finding))) {
        wanted.add(finding);
      }
    }
    return result.selected(
        new Selected(selection, notSelected, result.findings().size() - wanted.size()), wanted);
  }

  private static Instant time(Finding finding) {
    long ns = finding.execution().tsNs();
    return Instant.ofEpochSecond(Math.floorDiv(ns, NANOS), Math.floorMod(ns, NANOS));
  }
}
