// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.Locale;

/** How bad it is if a rule is right, from harmless to worst. Names are part of the output. */
public enum Severity {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /**
   * The severity of this {@link #id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Severity of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** The name in rules, options and outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
