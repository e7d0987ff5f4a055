// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import java.util.List;
import java.util.Optional;

/**
 * What a rule has to find in captures.
 *
 * @param line line of its file
 * @param rule id of the rule
 * @param capture path of a capture, or of a directory with captures, below that of the file; empty
 *     for all that the file speaks for
 * @param least findings it has to have
 * @param most findings it may have
 * @param executions the very findings it has to have; empty where only their number matters
 * @param knownMisses executions it should find and does not
 */
record Expectation(
    int line,
    String rule,
    String capture,
    long least,
    long most,
    Optional<List<ExpectedExecution>> executions,
    List<ExpectedExecution> knownMisses) {

  /** Whether it speaks of a capture, given the capture's path below the directory of the file. */
  boolean covers(String path) {
    return Corpus.below(path, capture);
  }

  /** What it demands, as a phrase. */
  String demand() {
    if (executions.isPresent()) {
      return "these " + least + " executions";
    }
    if (least == most) {
      return "exactly " + least;
    }
    String atMost = most == Long.MAX_VALUE ? "" : "at most " + most;
    String atLeast = least == 0 && !atMost.isEmpty() ? "" : "at least " + least;
    return atLeast + (atLeast.isEmpty() || atMost.isEmpty() ? "" : ", ") + atMost;
  }
}
