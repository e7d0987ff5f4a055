// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.Locale;

/** What a comparison says as a whole. Names are part of the output. */
public enum Verdict {
  /** Something was gained or lost, or was not, against what was expected. */
  UNEXPECTED,
  /** Something is missing, so that neither sameness nor the changes seen can be relied on. */
  INCONCLUSIVE,
  /** What was gained and lost is what was expected. */
  EXPECTED,
  /** Nothing was gained or lost, and nothing is missing. */
  SAME;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
