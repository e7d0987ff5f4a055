// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.MarkdownText.code;

import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.CheckedExecution;
import dev.trailcam.analyzer.regression.TestResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The result of testing rules for the summary of a CI job; bounded, and it says what it cut. */
final class TestMarkdown {
  private static final int MAX_CHECKS = 50;
  private static final int MAX_EXECUTIONS = 5;
  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_RULES = 500;
  private static final int LONG = 600;
  private static final int SHORT = 160;

  private final TestResult result;
  private final PrintWriter out;

  TestMarkdown(TestResult result, PrintWriter out) {
    this.result = result;
    this.out = out;
  }

  void write() {
    line("## Trailcam rules: " + TestReport.verdict(result));
    line("");
    line(TestReport.tested(result) + ".");
    problems();
    List<Check> notable = result.notable();
    if (!notable.isEmpty()) {
      line("");
      line("### What is not as it should be");
      line("");
    }
    notable.stream().limit(MAX_CHECKS).forEach(this::check);
    more(notable.size() - MAX_CHECKS);
    scores();
  }

  private void problems() {
    List<RuleProblem> problems = result.problems();
    if (problems.isEmpty()) {
      return;
    }
    line("");
    line("### Files that are wrong");
    line("");
    problems.stream()
        .limit(MAX_PROBLEMS)
        .forEach(problem -> line("- " + code(problem.toString(), LONG)));
    more(problems.size() - MAX_PROBLEMS);
  }

  private void check(Check check) {
    String outcome = check.outcome().name().replace('_', ' ').toLowerCase(Locale.ROOT);
    line(
        "- **"
            + outcome
            + "** "
            + (check.rule() == null ? "" : code(check.rule(), SHORT) + " ")
            + code(check.name(), LONG)
            + ", "
            + code(TestReport.place(check), LONG));
    line("  - " + code(check.message(), LONG));
    List<CheckedExecution> executions = check.executions();
    for (CheckedExecution execution :
        executions.subList(0, Math.min(MAX_EXECUTIONS, executions.size()))) {
      line(
          "  - "
              + code(TestReport.execution(execution, "(not known)"), LONG)
              + ": "
              + code(execution.note(), LONG));
    }
    if (executions.size() > MAX_EXECUTIONS) {
      line("  - and " + (executions.size() - MAX_EXECUTIONS) + " more executions");
    }
  }

  private void more(int more) {
    if (more > 0) {
      line("- and " + more + " more: `trailcam test --format json` has all");
    }
  }

  private void scores() {
    List<List<String>> rows = TestReport.scores(result);
    line("");
    line("| " + String.join(" | ", rows.get(0)) + " |");
    line("|---|" + "---:|".repeat(rows.get(0).size() - 1));
    for (List<String> row : rows.subList(1, Math.min(rows.size(), MAX_RULES))) {
      line(
          "| "
              + code(row.get(0), SHORT)
              + " | "
              + String.join(" | ", row.subList(1, row.size()))
              + " |");
    }
    if (rows.size() > MAX_RULES) {
      line("");
      line("And " + (rows.size() - MAX_RULES) + " more rules.");
    }
  }

  /** Not println: the result must not depend on the platform. */
  private void line(String text) {
    out.print(text);
    out.print('\n');
  }
}
