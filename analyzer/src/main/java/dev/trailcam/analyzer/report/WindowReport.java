// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;

import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.RuleChoice;
import dev.trailcam.capture.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The windows of time in which no finding means nothing, for people: the worst of them, and how
 * many more there are.
 */
final class WindowReport {
  private static final int MAX_WINDOWS = 5;
  private static final int MAX_NAMES = 6;
  private static final int PATH_LENGTH = 160;

  private final ReplayResult result;
  private final List<InconclusiveWindow> shown;

  WindowReport(ReplayResult result) {
    this.result = result;
    this.shown =
        result.windows().stream()
            .sorted(InconclusiveWindow.WORST_FIRST)
            .limit(MAX_WINDOWS)
            .toList();
  }

  void table(Page page) {
    headline()
        .ifPresent(
            sentence -> {
              page.blank();
              page.line(0, page.style().warning(sentence));
              for (InconclusiveWindow one : shown) {
                page.line(2, time(one.window()) + "  " + TerminalText.plain(one.window().path()));
                page.prose(4, what(one), 2);
              }
              if (more() > 0) {
                page.line(2, "and " + more() + " more: --format json has all");
              }
            });
  }

  void markdown(Consumer<String> line) {
    headline()
        .ifPresent(
            sentence -> {
              UnaryOperator<String> path = text -> MarkdownText.code(text, PATH_LENGTH);
              line.accept("");
              line.accept("### " + sentence);
              line.accept("");
              for (InconclusiveWindow one : shown) {
                line.accept("- " + time(one.window()) + " in " + path.apply(one.window().path()));
                line.accept("  - " + what(one));
              }
              if (more() > 0) {
                line.accept("- and " + more() + " more: `trailcam replay --format json` has all");
              }
            });
  }

  private Optional<String> headline() {
    return new Headline(result, UnaryOperator.identity()).inconclusive();
  }

  private int more() {
    return result.windows().size() - shown.size();
  }

  /** When it is, as a clause. */
  static String time(LossWindow window) {
    if (window.fromNs().isEmpty() && window.toNs().isEmpty()) {
      return "at an unknown time";
    }
    String from =
        window.fromNs().isEmpty()
            ? "until "
            : Times.utc(window.fromNs().getAsLong())
                + (window.toNs().isEmpty() ? " and on" : " to ");
    return from + (window.toNs().isEmpty() ? "" : Times.utc(window.toNs().getAsLong()));
  }

  /** What is missing, and for which rules. */
  static String what(InconclusiveWindow one) {
    LossWindow window = one.window();
    String counted =
        window.lost().entrySet().stream()
            .map(entry -> rows(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    String unknown = counted.isEmpty() ? "nobody knows how much" : " and nobody knows what else";
    return "missing: "
        + counted
        + (window.uncounted() ? unknown : "")
        + " ("
        + String.join(", ", window.causes())
        + "); inconclusive: "
        + rules(one.rules());
  }

  private static String rows(String table, long rows) {
    return table.equals(Table.EXECS.sqlName()) ? count(rows, "execution") : rows + " of " + table;
  }

  /** Ids of rules and of causes are plain words. */
  private static String rules(RuleChoice rules) {
    String all = rules.total() == 1 ? "the rule" : "all " + rules.total() + " rules";
    if (rules.ids().size() > MAX_NAMES) {
      return rules.count() + " of " + count(rules.total(), "rule");
    }
    return switch (rules.which()) {
      case ALL -> all;
      case ALL_BUT -> all + " but " + String.join(", ", rules.ids());
      case ONLY -> String.join(", ", rules.ids());
    };
  }
}
