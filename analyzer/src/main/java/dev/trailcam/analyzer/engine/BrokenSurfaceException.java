// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.rules.RuleProblem;

/**
 * The words, lists or views that rules bring along cannot be used, so that none of them can run.
 */
public final class BrokenSurfaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient RuleProblem problem;

  BrokenSurfaceException(RuleProblem problem, Throwable cause) {
    super(problem + "; no rule of this set can run", cause);
    this.problem = problem;
  }

  /** The file to mend. */
  public RuleProblem problem() {
    return problem;
  }
}
