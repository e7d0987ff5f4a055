// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.regression.ExpectedExecution.ByArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compares the findings of one rule with one expectation. */
final class ExpectationJudge {
  private final Expectations file;
  private final Expectation one;
  private final Tally tally;
  private final List<CheckedExecution> wrong = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();

  ExpectationJudge(Expectations file, Expectation one, Tally tally) {
    this.file = file;
    this.one = one;
    this.tally = tally;
  }

  Check withoutRule() {
    return check(
        Outcome.FAILED,
        "there is no rule "
            + one.rule()
            + " among those tested; to test some of a rule set name all of it, and --only");
  }

  Check withoutCapture() {
    return check(
        Outcome.FAILED,
        "there is no capture " + (one.capture().isEmpty() ? "here" : one.capture()) + " to judge");
  }

  Check withoutRun() {
    return check(Outcome.RULE_BROKEN, "the rule did not run");
  }

  /**
   * Judges.
   *
   * @param findings all that the rule found in the captures in question
   * @param found the executions that fit each known miss
   */
  Check judge(List<Finding> findings, Function<ExpectedExecution, List<String>> found) {
    List<Finding> left = new ArrayList<>(findings);
    for (ExpectedExecution miss : one.knownMisses()) {
      knownMiss(miss, left, found.apply(miss));
    }
    if (one.executions().isPresent()) {
      executions(one.executions().get(), left);
    } else {
      count(left);
    }
    return check(messages.isEmpty() ? Outcome.PASSED : Outcome.FAILED, String.join("; ", messages));
  }

  private void knownMiss(ExpectedExecution miss, List<Finding> left, List<String> executions) {
    List<Finding> fitting = left.stream().filter(one -> miss.fits(one.execution())).toList();
    left.removeAll(fitting);
    fitting.forEach(finding -> wrong.add(CheckedExecution.of(finding, "is a known miss")));
    tally.add(one.rule(), fitting.size(), 0, executions.size() - fitting.size());
    if (!fitting.isEmpty()) {
      messages.add(
          "the known miss in line " + miss.line() + " is found now: move it to executions");
    } else if (executions.isEmpty()) {
      messages.add("the known miss in line " + miss.line() + " is no execution of the capture");
    }
  }

  private void executions(List<ExpectedExecution> expected, List<Finding> left) {
    int right = 0;
    int missing = 0;
    for (ExpectedExecution execution : expected) {
      Finding finding =
          left.stream().filter(f -> execution.fits(f.execution())).findFirst().orElse(null);
      if (finding == null) {
        missing++;
        wrong.add(
            new CheckedExecution(
                null,
                null,
                null,
                execution instanceof ByArguments named ? named.argv() : null,
                "expected in line " + execution.line() + ", not found"));
      } else {
        right++;
        left.remove(finding);
      }
    }
    left.forEach(
        finding -> wrong.add(CheckedExecution.of(finding, "not expected: " + finding.reason())));
    tally.add(one.rule(), right, left.size(), missing);
    if (missing > 0) {
      messages.add(missing + " of " + expected.size() + " expected executions not found");
    }
    if (!left.isEmpty()) {
      messages.add(left.size() + " found that are not expected");
    }
  }

  private void count(List<Finding> left) {
    long n = left.size();
    long right = Math.min(n, one.most());
    tally.add(one.rule(), right, n - right, Math.max(0, one.least() - n));
    if (n < one.least() || n > one.most()) {
      messages.add("expected " + one.demand() + ", got " + n);
      left.forEach(
          finding -> wrong.add(CheckedExecution.of(finding, "fired: " + finding.reason())));
    }
  }

  private Check check(Outcome outcome, String message) {
    return new Check(
        Check.Kind.EXPECTATION,
        one.rule(),
        one.rule()
            + " finds "
            + one.demand()
            + " in "
            + (one.capture().isEmpty() ? file.directory() : file.directory() + "/" + one.capture()),
        file.file(),
        one.line(),
        outcome,
        message,
        wrong);
  }
}
