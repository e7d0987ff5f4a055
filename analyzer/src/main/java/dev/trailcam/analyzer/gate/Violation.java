// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.Comparator;

/**
 * Something in a rule's SQL that must not be there.
 *
 * @param line line in the rule's file, from 1; 0 where it cannot be told
 * @param code what kind it is, for programs
 * @param message what it is and what to write instead; no full stop; quotes the rule, so it is
 *     hostile text
 */
public record Violation(int line, Code code, String message) implements Comparable<Violation> {
  private static final Comparator<Violation> ORDER =
      Comparator.comparingInt(Violation::line)
          .thenComparing(Violation::code)
          .thenComparing(Violation::message);

  /** The kinds, by what an author has to look at. */
  public enum Code {
    /** Characters or literals that read differently to people, to engines or to both. */
    TEXT,
    /** Larger, deeper or more entangled than a rule has reason to be. */
    SIZE,
    /** No SQL. */
    SYNTAX,
    /** Not exactly one SELECT, or something that acts hidden in one. */
    STATEMENT,
    /** A table that is none of the views and lists. */
    TABLE,
    /** A name that would hide a view or a list. */
    SHADOWING,
    /** A column that no view and no list has. */
    COLUMN,
    /** A function that is no word of the shared vocabulary. */
    FUNCTION,
    /** A construct that only one engine has, or that nobody has looked at. */
    CONSTRUCT,
    /** Gives another answer at another time, or with another number of threads. */
    UNSTEADY,
    /** The engine cannot make sense of names or types. */
    BINDING
  }

  @Override
  public int compareTo(Violation other) {
    return ORDER.compare(this, other);
  }
}
