// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

/** Ends the look at a rule at the first thing that keeps it from being row-wise. */
final class NotRowWise extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reason, as the end of a sentence that begins with the rule. */
  NotRowWise(String why) {
    super(why, null, false, false);
  }
}
