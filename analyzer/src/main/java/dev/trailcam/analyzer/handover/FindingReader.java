// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.handover.DossierFinding.Ancestor;
import dev.trailcam.analyzer.handover.DossierFinding.Executed;
import dev.trailcam.analyzer.handover.DossierFinding.RuleIdentity;
import dev.trailcam.analyzer.handover.DossierFinding.Suppressed;
import dev.trailcam.analyzer.rules.Severity;
import java.util.Arrays;

/** Makes findings of the objects that a result has of them. */
final class FindingReader {

  private FindingReader() {}

  /**
   * A finding.
   *
   * @throws IllegalArgumentException if something it must have is not there or is something else
   */
  static DossierFinding read(Fields finding) {
    Fields rule = finding.object("rule");
    return new DossierFinding(
        finding.text("finding_id"),
        new RuleIdentity(
            rule.text("id"),
            rule.number("version"),
            rule.text("title"),
            rule.texts("tactics"),
            rule.texts("techniques")),
        // A result from before rules could lower it has only the rule's.
        severity(finding.has("severity") ? finding.text("severity") : rule.text("severity")),
        finding.text("reason"),
        finding.has("incident") ? finding.text("incident") : finding.text("exec_id"),
        finding.text("exec_id"),
        finding.number("ts_ns"),
        finding.text("host"),
        finding.textOrNull("environment"),
        finding.allTexts("ci"),
        process(finding.object("process")),
        finding.allTexts("guidance"),
        finding.text("capture_id"),
        finding.text("segment"),
        finding.text("segment_sha256"),
        finding
            .objectIfAny("suppression")
            .map(mark -> new Suppressed(mark.text("id"), mark.text("owner"), mark.text("reason"))));
  }

  private static Executed process(Fields process) {
    return new Executed(
        process.number("pid"),
        process.textOrNull("program"),
        process.textsOrNull("argv"),
        process.flag("argv_truncated"),
        process.textOrNull("cwd"),
        process.number("uid"),
        process.number("euid"),
        process.numberOrNull("login_uid"),
        process.textOrNull("container_id"),
        process.textOrNull("parent_program"),
        process.textsOrNull("parent_argv"),
        process.objects("ancestors").stream()
            .map(
                one ->
                    new Ancestor(
                        one.number("pid"), one.textOrNull("comm"), one.textOrNull("program")))
            .toList());
  }

  private static Severity severity(String id) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it has an unknown severity"));
  }
}
