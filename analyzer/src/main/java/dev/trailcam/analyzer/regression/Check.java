// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import java.util.List;
import java.util.Locale;

/**
 * One thing that was tested, and how it came out. All text may be hostile.
 *
 * @param kind what sort of test it is
 * @param rule id of the rule it is about, or null where it is about none
 * @param name says which one it is; the same in every run
 * @param file the file that demands it
 * @param line line of that file from 1, or 0
 * @param outcome how it came out
 * @param message what is wrong and, where there is one, the next move; empty when nothing is
 * @param executions those that show it
 */
public record Check(
    Kind kind,
    String rule,
    String name,
    String file,
    int line,
    Outcome outcome,
    String message,
    List<CheckedExecution> executions) {

  /** The sorts of tests. Names are part of the output. */
  public enum Kind {
    /** A case beside a rule. */
    CASE,
    /** What a rule has to find in captures. */
    EXPECTATION,
    /** That nothing is found which nobody expects. */
    UNEXPECTED,
    /** That captures are there, whole, and spoken for. */
    EVIDENCE,
    /** That enough was tested at all. */
    RUN;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes the list immutable. */
  public Check {
    executions = List.copyOf(executions);
  }

  /** A check without executions to show. */
  Check(
      Kind kind, String rule, String name, String file, int line, Outcome outcome, String message) {
    this(kind, rule, name, file, line, outcome, message, List.of());
  }
}
