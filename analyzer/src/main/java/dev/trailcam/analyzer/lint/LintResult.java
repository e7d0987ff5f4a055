// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import java.util.List;

/**
 * What came out of looking at rules.
 *
 * @param problems sorted; empty when nothing is wrong
 * @param rules how many rules were looked at
 * @param lists how many lists were looked at
 */
public record LintResult(List<LintProblem> problems, int rules, int lists) {
  /** Makes the list immutable. */
  public LintResult {
    problems = List.copyOf(problems);
  }
}
