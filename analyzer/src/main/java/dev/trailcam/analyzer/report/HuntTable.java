// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.HuntFinding;
import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.findings.HuntResult;
import dev.trailcam.analyzer.findings.HuntResult.FailedPair;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** The result of a hunt for people: what is new first, in full. */
final class HuntTable {
  private static final int MAX_LINES = 50;

  private final HuntResult result;
  private final boolean suppressedToo;
  private final Page page;

  HuntTable(HuntResult result, boolean suppressedToo, Page page) {
    this.result = result;
    this.suppressedToo = suppressedToo;
    this.page = page;
  }

  void write() {
    List<String> headline = HuntReport.headline(result);
    page.line(
        0,
        switch (result.verdict()) {
          case FINDINGS -> page.style().bold(headline.get(0));
          case CLEAN -> page.style().good(headline.get(0));
          case INCONCLUSIVE -> page.style().warning(headline.get(0));
        });
    page.prose(0, headline.get(1), 0);
    if (!result.problems().isEmpty()) {
      page.line(0, page.style().warning("The evidence is incomplete: see the end"));
    }
    if (!result.ruleProblems().isEmpty() || !result.failed().isEmpty()) {
      page.line(0, page.style().warning("Not every rule could run: see the end"));
    }
    if (!result.findings().suppressions().problems().isEmpty()) {
      page.line(0, page.style().warning("Not every suppression is heeded: see the end"));
    }
    new WindowReport(result.asReplay(EnumSet.noneOf(State.class))).table(page);
    for (State state : State.values()) {
      findings(state);
    }
    new SuppressionReport(
            result.asReplay(EnumSet.of(State.NEW, State.KNOWN)),
            suppressedToo,
            result.findings().suppressedTotal())
        .table(page);
    section(
        "What is wrong with the evidence",
        result.problems(),
        problem -> page.line(2, ReplayTable.sentence(problem)));
    section("Rules that could not run", result.ruleProblems(), this::problem);
    section("To be tried again in every run until it succeeds", result.failed(), this::failed);
  }

  private void findings(State state) {
    List<HuntFinding> some =
        result.findings().listed().stream()
            .filter(finding -> finding.state() == state && finding.finding().open())
            .toList();
    if (some.isEmpty()) {
      return;
    }
    page.blank();
    page.line(0, page.style().bold(state.name()));
    if (state == State.RESOLVED) {
      for (HuntFinding finding : some) {
        page.prose(
            2,
            "finding "
                + finding.finding().id()
                + " of "
                + finding.finding().rule().id()
                + ": "
                + TerminalText.plain(finding.resolved()),
            2);
      }
    }
    new ReplayTable(result.asReplay(EnumSet.of(state)), false, page).byRule();
  }

  private <T> void section(String title, List<T> all, Consumer<T> line) {
    if (all.isEmpty()) {
      return;
    }
    page.blank();
    page.line(0, page.style().warning(title));
    all.stream().limit(MAX_LINES).forEach(line);
    if (all.size() > MAX_LINES) {
      page.line(2, "and " + (all.size() - MAX_LINES) + " more: --format json has them");
    }
  }

  private void problem(RuleProblem problem) {
    page.line(2, TerminalText.plain(problem.toString()));
  }

  private void failed(FailedPair pair) {
    page.line(
        2,
        TerminalText.plain(
            pair.ruleId() + " over capture " + pair.captureId() + ": " + pair.message()));
  }
}
