// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.rules.CaseExecution;
import dev.trailcam.analyzer.rules.CaseSection;
import dev.trailcam.analyzer.rules.RuleCase;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.capture.ExecColumn;
import java.util.ArrayList;
import java.util.List;

/** Compares what a rule found in the executions of a case with what the case says. */
final class CaseJudge {
  private final RuleCases cases;
  private final RuleCase one;
  private final List<CheckedExecution> wrong = new ArrayList<>();

  CaseJudge(RuleCases cases, RuleCase one) {
    this.cases = cases;
    this.one = one;
  }

  /**
   * Judges a case that was made up.
   *
   * @param execIds ids of its executions, in their order
   * @param run what the rules found in them
   */
  Check written(List<CaseExecution> executions, List<String> execIds, RulesRun run) {
    if (!run.ran(cases.ruleId())) {
      return broken();
    }
    for (int i = 0; i < executions.size(); i++) {
      CaseExecution execution = executions.get(i);
      Finding finding = run.finding(cases.ruleId(), execIds.get(i));
      if (finding != null) {
        found(finding, execution.fires());
      } else if (execution.fires()) {
        wrong.add(silent(execIds.get(i), execution));
      }
    }
    return check();
  }

  private CheckedExecution silent(String execId, CaseExecution execution) {
    List<String> argv = new ArrayList<>();
    if (execution.exec().values().get(ExecColumn.ARGV) instanceof List<?> arguments) {
      arguments.forEach(argument -> argv.add((String) argument));
    }
    return new CheckedExecution(
        execId,
        null,
        (String) execution.exec().values().get(ExecColumn.EXE),
        argv.isEmpty() ? null : argv,
        "did not fire");
  }

  /**
   * Judges a case that was recorded.
   *
   * @param execIds ids of the executions it names
   * @param run what the rules found in their corpus
   */
  Check recorded(List<String> execIds, RulesRun run) {
    if (!run.ran(cases.ruleId())) {
      return broken();
    }
    if (execIds.isEmpty()) {
      return check(Outcome.FAILED, "the capture holds no such execution");
    }
    for (String execId : execIds) {
      Finding finding = run.finding(cases.ruleId(), execId);
      if (finding != null) {
        found(finding, one.section() == CaseSection.FIRES);
      } else if (one.section() == CaseSection.FIRES) {
        wrong.add(new CheckedExecution(execId, null, null, null, "did not fire"));
      }
    }
    return check();
  }

  /** What is said of a recorded case whose capture is in no corpus that was given. */
  Check withoutCapture(String capture) {
    return check(
        Outcome.EVIDENCE_INCOMPLETE,
        "the capture " + capture + " is in no corpus of this run: name it with --corpus");
  }

  private void found(Finding finding, boolean expected) {
    if (!expected) {
      wrong.add(CheckedExecution.of(finding, "fired: " + finding.reason()));
    } else if (one.reason() != null && !one.reason().equals(finding.reason())) {
      wrong.add(
          CheckedExecution.of(
              finding, "has the reason: " + finding.reason() + " instead of: " + one.reason()));
    } else if (one.severity() != null && one.severity() != finding.severity()) {
      wrong.add(
          CheckedExecution.of(
              finding,
              "has the severity "
                  + finding.severity().id()
                  + " instead of "
                  + one.severity().id()));
    }
  }

  private Check check() {
    if (wrong.isEmpty()) {
      boolean missed = one.section() == CaseSection.KNOWN_MISSES;
      return check(missed ? Outcome.KNOWN_MISS : Outcome.PASSED, "");
    }
    return check(
        Outcome.FAILED,
        switch (one.section()) {
          case FIRES -> "the rule does not do what the case says";
          case SILENT -> "the rule fires and should stay silent";
          case KNOWN_MISSES -> "the rule fires now: move the case to fires";
        });
  }

  private Check broken() {
    return check(Outcome.RULE_BROKEN, "the rule did not run");
  }

  private Check check(Outcome outcome, String message) {
    return new Check(
        Check.Kind.CASE,
        cases.ruleId(),
        one.section().id() + ": " + one.name(),
        cases.file(),
        one.line(),
        outcome,
        message,
        wrong);
  }
}
