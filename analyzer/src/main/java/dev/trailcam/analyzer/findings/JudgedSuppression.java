// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.suppressions.Suppression;
import java.util.List;
import java.util.Set;

/**
 * A suppression whose condition was asked about the executions that were found.
 *
 * @param entry the suppression
 * @param texts literals in its condition
 * @param breadth what shows of the condition alone
 * @param executions ids of the executions it holds for, whenever they were and whichever rule found
 *     them
 */
public record JudgedSuppression(
    Suppression entry, Set<String> texts, List<Breadth> breadth, Set<String> executions) {

  /** Makes the collections immutable. */
  public JudgedSuppression {
    texts = Set.copyOf(texts);
    breadth = List.copyOf(breadth);
    executions = Set.copyOf(executions);
  }
}
