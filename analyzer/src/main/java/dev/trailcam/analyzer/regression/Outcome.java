// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import java.util.Locale;

/** How a check came out, the worst first. Names are part of the output. */
public enum Outcome {
  /** It could not be judged: the rule is broken. */
  RULE_BROKEN,
  /** It could not be judged: evidence is missing, damaged or incomplete. */
  EVIDENCE_INCOMPLETE,
  /** What was to be is not so. */
  FAILED,
  /** Something to look at that fails nothing. */
  WARNING,
  /** As said, the rule does not see it. */
  KNOWN_MISS,
  /** As it should be. */
  PASSED;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a run with such a check has not succeeded. */
  public boolean bad() {
    return compareTo(FAILED) <= 0;
  }
}
