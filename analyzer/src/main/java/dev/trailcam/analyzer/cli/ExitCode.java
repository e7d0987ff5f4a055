// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Severity;

/** Exit codes; part of the interface. Where several apply, 3 beats 4 beats 1. */
final class ExitCode {
  static final int FINE = 0;
  static final int FINDINGS = 1;
  static final int USAGE = 2;
  static final int RULE = 3;
  static final int EVIDENCE = 4;
  static final int INTERRUPTED = 130;

  // What the help of several verbs says of them.
  static final String WHOLE_HELP = "  0    everything is complete and as it was sealed";
  static final String USAGE_HELP = "  2    usage";
  static final String EVIDENCE_HELP =
      "  4    evidence is altered, incomplete (lost executions too) or unreadable";
  static final String INTERRUPTED_HELP = "  130  interrupted";

  private ExitCode() {}

  /**
   * What a replay comes to.
   *
   * @param failOn least severity of a finding that counts, or null for none
   */
  static int of(ReplayResult result, Severity failOn) {
    if (!result.ruleProblems().isEmpty() || SuppressionsOption.broken(result.suppressions())) {
      return RULE;
    }
    if (!result.evidenceWhole()) {
      return EVIDENCE;
    }
    boolean bad =
        failOn != null
            && result.open().stream()
                .anyMatch(finding -> finding.severity().compareTo(failOn) >= 0);
    return bad ? FINDINGS : FINE;
  }
}
