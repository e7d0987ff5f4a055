// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;
import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.capture.Table;
import java.util.List;
import java.util.stream.Collectors;

/** What is missing, for whoever is about to look at what is there. */
final class CompletenessText {
  private static final int MAX_WINDOWS = 5;
  private static final int MAX_PROBLEMS = 10;

  private final Page page;

  CompletenessText(Page page) {
    this.page = page;
  }

  /** Nothing where nothing is missing. */
  void write(List<EvidenceProblem> problems, List<LossWindow> windows) {
    if (problems.isEmpty() && windows.isEmpty()) {
      return;
    }
    page.line(0, page.style().warning("The evidence is incomplete: what is missing is not below"));
    problems.stream()
        .limit(MAX_PROBLEMS)
        .forEach(problem -> page.line(2, ReplayTable.sentence(problem)));
    more(problems.size() - MAX_PROBLEMS);
    windows.stream()
        .limit(MAX_WINDOWS)
        .forEach(
            window -> {
              page.line(2, WindowReport.time(window) + "  " + plain(window.path()));
              page.prose(4, what(window), 2);
            });
    more(windows.size() - MAX_WINDOWS);
  }

  private void more(int more) {
    if (more > 0) {
      page.line(2, "and " + more + " more: --format json has all");
    }
  }

  /** What is missing in a window, and why. */
  static String what(LossWindow window) {
    String lost =
        window.lost().entrySet().stream()
            .limit(Table.values().length + 1L)
            .map(
                entry ->
                    entry.getKey().equals(Table.EXECS.sqlName())
                        ? count(entry.getValue(), "execution")
                        : entry.getValue() + " of " + plain(entry.getKey()))
            .collect(Collectors.joining(", "));
    String unknown = window.uncounted() ? "nobody knows how much" : "";
    return "missing: "
        + lost
        + (lost.isEmpty() || unknown.isEmpty() ? "" : ", and more, ")
        + unknown
        + " ("
        + window.causes().stream().map(TerminalText::plain).collect(Collectors.joining(", "))
        + ")";
  }
}
