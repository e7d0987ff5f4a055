// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.Locale;

/** What a rule has to do with a case. */
public enum CaseSection {
  /** It is what the rule is for. */
  FIRES,
  /** It comes near and is something else. */
  SILENT,
  /** The rule should fire and cannot: said openly, and told when it changes. */
  KNOWN_MISSES;

  /** The name in files and outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
