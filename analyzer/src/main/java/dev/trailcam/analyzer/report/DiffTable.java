// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.comparison.Comparison;
import dev.trailcam.analyzer.comparison.Hit;
import dev.trailcam.analyzer.comparison.RuleChange;
import dev.trailcam.analyzer.comparison.Side;
import dev.trailcam.analyzer.comparison.TextChange;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.List;
import java.util.stream.Stream;

/** A comparison for the author of a rule: verdict, rules whose findings differ, texts. */
final class DiffTable {
  private static final int FACT = 2;
  private static final int DETAIL = 6;
  private static final int MAX_COMMAND_CHARS = 400;

  private final Comparison comparison;
  private final int examples;
  private final Page page;

  DiffTable(Comparison comparison, int examples, Page page) {
    this.comparison = comparison;
    this.examples = examples;
    this.page = page;
  }

  void write() {
    verdict();
    comparison.rules().stream().filter(RuleChange::differs).forEach(this::rule);
    comparison.texts().forEach(this::text);
    listed("Against what was expected", comparison.surprises());
    listed("What is wrong with the evidence", comparison.doubts());
    listed("Rules that could not run", ruleProblems(comparison));
  }

  private void verdict() {
    DiffHeadline headline = new DiffHeadline(comparison, TerminalText::plain);
    Style style = page.style();
    page.line(
        0,
        switch (comparison.verdict()) {
          case SAME, EXPECTED -> style.good(headline.verdict());
          case UNEXPECTED -> style.bold(headline.verdict());
          case INCONCLUSIVE -> style.warning(headline.verdict());
        });
    page.labelled(0, "base", headline.side(comparison.base()));
    page.labelled(0, "head", headline.side(comparison.head()));
    page.prose(0, headline.looked(), 0);
    if (!comparison.doubts().isEmpty()) {
      page.line(0, style.warning("The evidence does not allow to say more: see the end"));
    }
    if (!comparison.rulesRan()) {
      page.line(0, style.warning("Not every rule could run: see the end"));
    }
  }

  private void rule(RuleChange rule) {
    page.blank();
    page.line(0, page.style().bold(plain(rule.id())) + "  " + DiffHeadline.rule(rule));
    comparison.reason(rule.id()).ifPresent(why -> page.prose(FACT, "expected: " + plain(why), 2));
    rule.lost().stream().limit(examples).forEach(hit -> hit("lost", hit));
    more(rule.lost());
    rule.gained().stream().limit(examples).forEach(hit -> hit("gained", hit));
    more(rule.gained());
    rule.changed().stream().limit(examples).forEach(this::retold);
    more(rule.changed());
  }

  private void more(List<?> all) {
    if (all.size() > examples) {
      page.line(FACT, "and " + (all.size() - examples) + " more: --format json has all");
    }
  }

  private void hit(String what, Hit hit) {
    facts(what, hit);
    page.labelledProse(DETAIL, "why", plain(hit.reason()));
  }

  private void retold(RuleChange.Retold retold) {
    facts("told differently", retold.after());
    page.labelledProse(DETAIL, "was", told(retold.before()));
    page.labelledProse(DETAIL, "is", told(retold.after()));
  }

  private static String told(Hit hit) {
    return plain(hit.severity()) + ": " + plain(hit.reason());
  }

  private void facts(String what, Hit hit) {
    page.line(
        FACT,
        page.style().bold(what)
            + "  "
            + Times.utc(hit.tsNs())
            + " on "
            + plain(hit.host())
            + page.style().dim("  finding " + plain(hit.findingId())));
    page.labelled(DETAIL, "command", command(hit));
    page.labelled(DETAIL, "exec", plain(hit.execId()) + " in capture " + plain(hit.captureId()));
  }

  private static String command(Hit hit) {
    if (hit.argv() == null) {
      return "(arguments could not be read) " + TerminalText.plainOrUnknown(hit.program());
    }
    String command = TerminalText.shell(hit.argv());
    return command.length() <= MAX_COMMAND_CHARS
        ? command
        : command.substring(0, command.offsetByCodePoints(0, MAX_COMMAND_CHARS / 2)) + " ...";
  }

  private void text(TextChange text) {
    page.blank();
    String rules = text.rules().isEmpty() ? "any rule may use it" : String.join(", ", text.rules());
    page.line(0, page.style().bold(plain(text.path())) + page.style().dim("  " + plain(rules)));
    for (String line : text.diff()) {
      String shown = plain(line);
      page.line(
          FACT,
          line.startsWith("+")
              ? page.style().good(shown)
              : line.startsWith("-") ? page.style().warning(shown) : shown);
    }
  }

  private void listed(String heading, List<String> sentences) {
    if (!sentences.isEmpty()) {
      page.blank();
      page.line(0, page.style().warning(heading));
      sentences.forEach(sentence -> page.line(FACT, plain(sentence)));
    }
  }

  /** Each once, although both sides may have it. */
  static List<String> ruleProblems(Comparison comparison) {
    return Stream.of(comparison.base(), comparison.head())
        .map(Side::ruleProblems)
        .flatMap(List::stream)
        .map(RuleProblem::toString)
        .distinct()
        .toList();
  }
}
