// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.findings.Finding;
import java.util.List;

/** Findings by the beginning of their id, or of that of their execution. */
final class FindingChoice {
  private static final String ID = "[0-9a-f]{6,32}";

  private FindingChoice() {}

  /** Whether a text may be such a beginning: at least six hexadecimal digits. */
  static boolean isId(String text) {
    return text.matches(ID);
  }

  /** Those that fit, in their order. */
  static List<Finding> of(List<Finding> findings, String id) {
    return findings.stream()
        .filter(
            finding -> finding.id().startsWith(id) || finding.execution().execId().startsWith(id))
        .toList();
  }
}
