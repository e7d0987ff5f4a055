// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.List;

/** What comes of the question why a rule holds for an execution or does not. */
public sealed interface Answer {

  /** It can be said. */
  record Explained(Explanation explanation) implements Answer {}

  /**
   * No execution has that id.
   *
   * @param executions how many were looked at
   * @param evidenceProblems why it may be missing
   */
  record NoSuchExecution(long executions, List<EvidenceProblem> evidenceProblems)
      implements Answer {}

  /**
   * Several ids begin like that.
   *
   * @param execIds the first of them, sorted
   */
  record Ambiguous(List<String> execIds) implements Answer {}

  /** The rule cannot run. */
  record BrokenRule(List<RuleProblem> problems) implements Answer {}
}
