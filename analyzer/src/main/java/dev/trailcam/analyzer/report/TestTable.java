// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.CheckedExecution;
import dev.trailcam.analyzer.regression.Outcome;
import dev.trailcam.analyzer.regression.TestResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.List;
import java.util.Locale;

/** The result of testing rules for their author: what failed, then how good each rule is. */
final class TestTable {
  private static final int MAX_EXECUTIONS = 20;
  private static final int MAX_CHARS = 500;
  private static final int GAP = 2;

  private final TestResult result;
  private final Page page;

  TestTable(TestResult result, Page page) {
    this.result = result;
    this.page = page;
  }

  void write() {
    String verdict = TestReport.verdict(result);
    Style style = page.style();
    page.line(
        0,
        switch (result.verdict()) {
          case PASSED, KNOWN_MISS, WARNING -> style.good(verdict);
          case FAILED -> style.bold(verdict);
          case RULE_BROKEN, EVIDENCE_INCOMPLETE -> style.warning(verdict);
        });
    page.prose(0, TestReport.tested(result), 0);
    if (!result.problems().isEmpty()) {
      page.blank();
      page.line(0, style.warning("Files that are wrong"));
      for (RuleProblem problem : result.problems()) {
        page.line(2, plain(problem.toString()));
      }
    }
    result.notable().forEach(this::check);
    scores();
  }

  private void check(Check check) {
    page.blank();
    String outcome = check.outcome().name().replace('_', ' ').toLowerCase(Locale.ROOT);
    Style style = page.style();
    page.line(
        0,
        (check.outcome() == Outcome.WARNING ? outcome : style.warning(outcome))
            + "  "
            + (check.rule() == null ? "" : style.bold(plain(check.rule())) + "  ")
            + plain(check.name()));
    if (!check.file().isEmpty()) {
      page.line(2, style.dim(plain(TestReport.place(check))));
    }
    page.prose(2, plain(check.message()), 0);
    List<CheckedExecution> executions = check.executions();
    for (CheckedExecution execution : executions.subList(0, shown(executions))) {
      String what = TestReport.execution(execution, "(not known)");
      page.line(4, what.length() > MAX_CHARS ? cut(what) : what);
      page.prose(6, plain(execution.note()), 0);
    }
    if (executions.size() > MAX_EXECUTIONS) {
      page.line(4, (executions.size() - MAX_EXECUTIONS) + " more: --format json has them");
    }
  }

  private static int shown(List<?> executions) {
    return Math.min(MAX_EXECUTIONS, executions.size());
  }

  private static String cut(String text) {
    // Never through the middle of a pair of surrogates.
    return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MAX_CHARS)))
        + " ...";
  }

  private void scores() {
    List<List<String>> rows = TestReport.scores(result);
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    page.blank();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + gap : gap + row.get(i)).append(" ".repeat(GAP));
      }
      String text = line.toString().stripTrailing();
      page.line(0, row.equals(rows.get(0)) ? page.style().dim(text) : text);
    }
  }
}
