// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.List;

/**
 * An example of what a rule has to do.
 *
 * @param section what it has to do
 * @param name a sentence that says what it is an example of; no other case of the file has it
 * @param line line of the cases file
 * @param evidence what happens
 * @param reason what the findings must say, or null
 * @param severity what severity the findings must have, or null
 */
public record RuleCase(
    CaseSection section,
    String name,
    int line,
    Evidence evidence,
    String reason,
    Severity severity) {

  /** Where the executions of a case come from. */
  public sealed interface Evidence {}

  /** They are made up; they have a machine of their own, and follow each other. */
  public record Written(List<CaseExecution> executions) implements Evidence {
    /** Makes the list immutable. */
    public Written {
      executions = List.copyOf(executions);
    }
  }

  /**
   * They were recorded: all that a capture of a corpus holds and that fit. There has to be one.
   *
   * @param capture path of the capture, or of a directory with captures, below that of the corpus
   * @param execIds the first digits of their ids, or empty for any
   * @param like columns they have in common; none for any
   */
  public record Recorded(String capture, List<String> execIds, CaseRow like) implements Evidence {
    /** Makes the list immutable. */
    public Recorded {
      execIds = List.copyOf(execIds);
    }
  }
}
