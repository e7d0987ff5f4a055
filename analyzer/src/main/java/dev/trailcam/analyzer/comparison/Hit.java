// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import java.util.Comparator;
import java.util.List;

/**
 * A finding, as far as a comparison looks at it. All text may be hostile.
 *
 * @param findingId the same in every run
 * @param rule id of the rule
 * @param severity its name, such as high
 * @param reason the rule's words
 * @param execId the execution
 * @param tsNs nanoseconds since 1970-01-01T00:00:00Z
 * @param host node name of the machine
 * @param captureId the capture that holds it
 * @param program path of the file that ran, or null
 * @param argv arguments, or null
 */
public record Hit(
    String findingId,
    String rule,
    String severity,
    String reason,
    String execId,
    long tsNs,
    String host,
    String captureId,
    String program,
    List<String> argv) {

  /** As it happened; total over what a comparison tells apart. */
  static final Comparator<Hit> ORDER =
      Comparator.comparingLong(Hit::tsNs)
          .thenComparing(Hit::execId)
          .thenComparing(Hit::rule)
          .thenComparing(Hit::captureId)
          .thenComparing(hit -> String.valueOf(hit.program))
          .thenComparing(hit -> String.valueOf(hit.argv));

  static Hit of(Finding finding) {
    Execution execution = finding.execution();
    return new Hit(
        finding.id(),
        finding.rule().id(),
        finding.rule().severity().id(),
        finding.reason(),
        execution.execId(),
        execution.tsNs(),
        execution.host(),
        finding.captureId(),
        execution.program(),
        execution.argv());
  }

  /**
   * What makes it the same finding in another run. The id alone does not: a forged capture may hold
   * an execution a second time, with another program.
   */
  List<Object> key() {
    return List.of(findingId, captureId, String.valueOf(program), String.valueOf(argv));
  }
}
