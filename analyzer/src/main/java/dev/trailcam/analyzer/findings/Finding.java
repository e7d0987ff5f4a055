// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.Severity;
import dev.trailcam.analyzer.suppressions.Suppression;
import dev.trailcam.capture.Environment;
import dev.trailcam.capture.ExecId;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A rule that holds for an execution. The same rule on the same execution has the same {@link #id}
 * on every machine and in every run.
 *
 * @param rule the rule
 * @param severity the rule's, or less where the rule says so for this execution
 * @param reason the rule's own words for this execution; may quote hostile text
 * @param execution what was executed
 * @param captureId the capture that holds it
 * @param segment the file within that capture
 * @param segmentSha256 hash of that file
 * @param incident id of the execution with which the incident began that this finding belongs to,
 *     often its own; see {@link Incidents}
 * @param suppression why it is legitimate use; empty where nobody said that it is
 */
public record Finding(
    Rule rule,
    Severity severity,
    String reason,
    Execution execution,
    String captureId,
    String segment,
    String segmentSha256,
    String incident,
    Optional<Suppression> suppression) {

  /** Worst first, then as it happened; total, so that the same findings have one order. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.severity)
          .reversed()
          .thenComparing(finding -> finding.execution.tsNs())
          .thenComparing(finding -> finding.execution.execId())
          .thenComparing(finding -> finding.rule.id())
          .thenComparing(finding -> finding.captureId());

  /** A finding that nobody suppresses. */
  public Finding(
      Rule rule,
      Severity severity,
      String reason,
      Execution execution,
      String captureId,
      String segment,
      String segmentSha256,
      String incident) {
    this(
        rule,
        severity,
        reason,
        execution,
        captureId,
        segment,
        segmentSha256,
        incident,
        Optional.empty());
  }

  public String id() {
    return ExecId.finding(rule.id(), execution.execId());
  }

  /** The same finding as part of an incident. */
  Finding in(String beganWith) {
    return new Finding(
        rule,
        severity,
        reason,
        execution,
        captureId,
        segment,
        segmentSha256,
        beganWith,
        suppression);
  }

  /** Whether somebody has to look at it. */
  public boolean open() {
    return suppression.isEmpty();
  }

  /** The same finding as legitimate use. */
  Finding suppressedBy(Suppression entry) {
    return new Finding(
        rule,
        severity,
        reason,
        execution,
        captureId,
        segment,
        segmentSha256,
        incident,
        Optional.of(entry));
  }

  /** What to do: for the environment of the execution, or for each where nobody said which. */
  public Map<Environment, String> guidance() {
    Map<Environment, String> fitting = new EnumMap<>(Environment.class);
    fitting.putAll(rule.page().whatToDo());
    boolean known = fitting.keySet().stream().anyMatch(this::fits);
    fitting.keySet().removeIf(environment -> known && !fits(environment));
    return Collections.unmodifiableMap(fitting);
  }

  private boolean fits(Environment environment) {
    return environment.id().equals(execution.environment());
  }
}
