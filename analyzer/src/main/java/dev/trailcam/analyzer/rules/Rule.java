// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import java.util.List;

/**
 * A detection: one SELECT over the views, and what people need to know about it.
 *
 * @param id stem of its file, such as net_sniff_tool_exec
 * @param version from 1; grows whenever its findings may change
 * @param title one line for people
 * @param description what the rule looks for, a sentence or two
 * @param severity how bad it is if the rule is right
 * @param status how mature it is
 * @param tactics MITRE ATT&CK tactics, such as TA0007
 * @param techniques MITRE ATT&CK techniques, such as T1040 or T1059.004
 * @param references where to read more
 * @param falsePositives what else may cause a finding, one phrase each
 * @param file where it was read from, for messages
 * @param sql the whole file, its leading comments included, so that an error's line is the file's
 * @param sha256 hash of the file
 * @param page what the analyst is told; empty sections where an experimental rule has no page
 */
public record Rule(
    String id,
    int version,
    String title,
    String description,
    Severity severity,
    Status status,
    List<String> tactics,
    List<String> techniques,
    List<String> references,
    List<String> falsePositives,
    String file,
    String sql,
    String sha256,
    RulePage page) {

  /** Makes the lists immutable. */
  public Rule {
    tactics = List.copyOf(tactics);
    techniques = List.copyOf(techniques);
    references = List.copyOf(references);
    falsePositives = List.copyOf(falsePositives);
  }
}
