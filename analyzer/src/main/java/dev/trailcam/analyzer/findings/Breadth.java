// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.Locale;

/**
 * A way in which a suppression matches more than it says, so that an attacker may hide behind it.
 *
 * @param kind for programs
 * @param message what it is, as a clause without a full stop; may quote hostile text
 */
public record Breadth(Kind kind, String message) {

  /** The kinds; names are part of the output. */
  public enum Kind {
    /** The condition names no column: it is the same for all executions. */
    CONSTANT,
    /** An alternative of the condition does not say what ran. */
    NO_PROGRAM,
    /** It suppresses several programs and does not name each by its path. */
    SEVERAL_PROGRAMS,
    /** It holds for executions that only other rules found. */
    OTHER_RULES;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
