// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.findings.Finding;
import java.util.List;

/**
 * An execution that shows why a check failed. All text may be hostile.
 *
 * @param execId its id; null for one that was expected and is not known
 * @param captureId the capture that holds it, or null as above
 * @param program the file that ran, or null
 * @param argv its arguments, or null
 * @param note what is wrong with it; no full stop
 */
public record CheckedExecution(
    String execId, String captureId, String program, List<String> argv, String note) {

  static CheckedExecution of(Finding finding, String note) {
    return new CheckedExecution(
        finding.execution().execId(),
        finding.captureId(),
        finding.execution().program(),
        finding.execution().argv(),
        note);
  }
}
