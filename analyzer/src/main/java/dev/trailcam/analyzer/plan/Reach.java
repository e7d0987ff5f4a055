// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

/** How far a rule looks to say something of one execution. */
public enum Reach {
  /** At its own row as it was recorded, and at lists. */
  ROW,
  /**
   * Beside that at {@code captures} or at what is known of program files, which have to be there as
   * a whole; not at other executions.
   */
  BESIDE,
  /** At other rows, or nobody can tell. */
  ALL
}
