// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.findings.HuntResult;
import dev.trailcam.analyzer.findings.ReplayResult;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

/** The result of a hunt for the page of a CI job or a message, bounded as a replay's is. */
final class HuntMarkdown {
  private static final int MAX_LINES = 20;
  private static final int LONG = 600;

  private final HuntResult result;
  private final PrintWriter out;

  HuntMarkdown(HuntResult result, PrintWriter out) {
    this.result = result;
    this.out = out;
  }

  void write() {
    List<String> headline = HuntReport.headline(result);
    line("## Trailcam hunt: " + headline.get(0));
    line("");
    line(headline.get(1) + ".");
    if (!result.problems().isEmpty()) {
      line("");
      line("**The evidence is incomplete**, see below: what is missing may have held more.");
    }
    if (!result.ruleProblems().isEmpty() || !result.failed().isEmpty()) {
      line("");
      line("**Not every rule could run**, see below.");
    }
    new WindowReport(result.asReplay(EnumSet.noneOf(State.class))).markdown(this::line);
    for (State state : State.values()) {
      ReplayResult some = result.asReplay(EnumSet.of(state));
      if (!some.open().isEmpty()) {
        line("");
        line("## " + state.name());
        new ReplayMarkdown(some, out).findings();
      }
    }
    new SuppressionReport(
            result.asReplay(EnumSet.of(State.NEW, State.KNOWN)),
            false,
            result.findings().suppressedTotal())
        .markdown(this::line);
    section(
        "What is wrong with the evidence",
        result.problems(),
        problem -> problem.path() + ": " + problem.message());
    section("Rules that could not run", result.ruleProblems(), Object::toString);
    section(
        "To be tried again in every run until it succeeds",
        result.failed(),
        pair -> pair.ruleId() + " over capture " + pair.captureId() + ": " + pair.message());
  }

  private <T> void section(String title, List<T> all, Function<T, String> text) {
    if (all.isEmpty()) {
      return;
    }
    line("");
    line("### " + title);
    line("");
    all.stream()
        .limit(MAX_LINES)
        .forEach(one -> line("- " + MarkdownText.code(text.apply(one), LONG)));
    if (all.size() > MAX_LINES) {
      line("- and " + (all.size() - MAX_LINES) + " more: `--format json` has them");
    }
  }

  private void line(String text) {
    out.print(text);
    out.print('\n');
  }
}
