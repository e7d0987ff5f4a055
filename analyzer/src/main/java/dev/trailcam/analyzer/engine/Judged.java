// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.capture.Table;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What rules said of captures, and what has to be kept to say later what they could not see.
 *
 * @param result what came of it
 * @param losses every time in which one of the captures lacks something, by capture and time
 * @param reads the tables that each rule looks at, by its id; without those of which nobody can
 *     tell
 */
public record Judged(
    ReplayResult result, List<LossWindow> losses, SortedMap<String, Set<Table>> reads) {

  /** Makes the collections immutable. */
  public Judged {
    losses = List.copyOf(losses);
    reads = Collections.unmodifiableSortedMap(new TreeMap<>(reads));
  }
}
