// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of all suppressions.
 *
 * @param uses those that could be heeded, by their ids
 * @param problems what is wrong with those that could not; they suppress nothing
 * @param files hash of each file they were read from, by its name
 */
public record Suppressions(
    List<SuppressionUse> uses, List<RuleProblem> problems, SortedMap<String, String> files) {
  /** Nobody asked for any. */
  public static final Suppressions NONE = new Suppressions(List.of(), List.of(), new TreeMap<>());

  /** Makes the collections immutable. */
  public Suppressions {
    uses = List.copyOf(uses);
    problems = List.copyOf(problems);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Whether nobody asked for any. */
  public boolean isEmpty() {
    return uses.isEmpty() && problems.isEmpty() && files.isEmpty();
  }
}
