// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.Locale;

/** What a replay says as a whole. Names are part of the output. */
public enum Verdict {
  /** At least one rule holds for at least one execution, and nobody suppresses it. */
  FINDINGS,
  /**
   * Nothing was found but what is suppressed, everything was recorded, and every rule looked at all
   * of it.
   */
  CLEAN,
  /** Nothing was found but what is suppressed, and something is missing: evidence, or a rule. */
  INCONCLUSIVE;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
