// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;
import static java.util.Locale.ROOT;

import dev.trailcam.analyzer.findings.Finding;
import java.util.List;

/** Findings in few words, for people, where they stand among what happened. */
final class FindingLine {

  private FindingLine() {}

  /** A finding in one line; one that is suppressed says so before anything else. */
  static String of(Finding finding, Style style) {
    return rule(finding, style) + style.dim("  finding " + finding.id());
  }

  /** The same without its id. */
  static String rule(Finding finding, Style style) {
    String severity = finding.severity().id().toUpperCase(ROOT);
    return (finding.open()
            ? style.severity(finding.severity(), severity)
            : style.dim("suppressed " + severity))
        + " "
        + TerminalText.plain(finding.rule().id());
  }

  /** How many there are, and how many of them are suppressed. */
  static String counts(List<Finding> findings) {
    long suppressed = findings.stream().filter(finding -> !finding.open()).count();
    return count(findings.size(), "finding")
        + (suppressed == 0 ? "" : " (" + suppressed + " suppressed)");
  }
}
