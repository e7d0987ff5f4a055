// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.Locale;

/** How mature a rule is, as Sigma has it. */
public enum Status {
  /** Being tried out; may lack its page. */
  EXPERIMENTAL,
  TEST,
  STABLE,
  /** Kept so that old findings keep their meaning; still runs. */
  DEPRECATED;

  /** The name in rules and outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
