// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.MarkdownText.code;

import dev.trailcam.analyzer.comparison.Comparison;
import dev.trailcam.analyzer.comparison.Hit;
import dev.trailcam.analyzer.comparison.RuleChange;
import dev.trailcam.analyzer.comparison.TextChange;
import java.io.PrintWriter;
import java.util.List;

/**
 * A comparison for the comment of a pull request, which GitHub cuts off at 65,536 characters: so
 * everything has a limit, and one that cuts says what it cut.
 */
final class DiffMarkdown {
  private static final int MAX_CHARS = 60_000;
  private static final int MAX_SENTENCES = 20;
  private static final int MAX_DIFF_LINES = 120;
  private static final int LONG = 300;
  private static final int SHORT = 160;

  private final Comparison comparison;
  private final int examples;
  private final PrintWriter out;
  private int written;
  private int cut;

  DiffMarkdown(Comparison comparison, int examples, PrintWriter out) {
    this.comparison = comparison;
    this.examples = examples;
    this.out = out;
  }

  void write() {
    DiffHeadline headline = new DiffHeadline(comparison, label -> code(label, SHORT));
    line("## Trailcam: " + headline.verdict());
    line("");
    line("- base " + headline.side(comparison.base()));
    line("- head " + headline.side(comparison.head()));
    line("");
    line(headline.looked() + ".");
    listed("Against what was expected", comparison.surprises());
    listed("What is wrong with the evidence", comparison.doubts());
    listed("Rules that could not run", DiffTable.ruleProblems(comparison));
    comparison.rules().stream().filter(RuleChange::differs).forEach(this::rule);
    comparison.texts().forEach(this::text);
    if (cut > 0) {
      out.print("\n**Cut here**: " + cut + " more lines; `--format table` or `json` has all.\n");
    }
  }

  private void rule(RuleChange rule) {
    line("");
    line("### " + code(rule.id(), SHORT));
    line("");
    line(DiffHeadline.rule(rule) + ".");
    comparison.reason(rule.id()).ifPresent(why -> line("Expected: " + code(why, LONG)));
    line("");
    rule.lost().stream().limit(examples).forEach(hit -> hit("**lost**", hit));
    more(rule.lost());
    rule.gained().stream().limit(examples).forEach(hit -> hit("**gained**", hit));
    more(rule.gained());
    for (RuleChange.Retold retold : rule.changed().stream().limit(examples).toList()) {
      hit("**told differently**", retold.after());
      line(
          "  - was: "
              + code(retold.before().severity(), SHORT)
              + " "
              + code(retold.before().reason(), LONG));
    }
    more(rule.changed());
  }

  private void more(List<?> all) {
    if (all.size() > examples) {
      line("- and " + (all.size() - examples) + " more: `--format json` has all");
    }
  }

  private void hit(String what, Hit hit) {
    line(
        "- "
            + what
            + " "
            + (hit.argv() == null
                ? code(hit.program(), LONG)
                : code(TerminalText.shell(hit.argv()), LONG))
            + " at "
            + Times.utc(hit.tsNs())
            + " on "
            + code(hit.host(), SHORT));
    line("  - why: " + code(hit.severity(), SHORT) + " " + code(hit.reason(), LONG));
    line(
        "  - exec "
            + code(hit.execId(), SHORT)
            + " in capture "
            + code(hit.captureId(), SHORT)
            + ", finding "
            + code(hit.findingId(), SHORT));
  }

  /** In a fence that is longer than any in it, written as a whole or not at all. */
  private void text(TextChange text) {
    List<String> lines =
        text.diff().stream()
            .limit(MAX_DIFF_LINES)
            .map(changed -> shortened(TerminalText.plain(changed)))
            .toList();
    int longest = lines.stream().mapToInt(MarkdownText::longestRun).max().orElse(0);
    String fence = "`".repeat(Math.max(3, longest + 1));
    line("");
    line("### " + code(text.path(), SHORT));
    line("");
    line(fence + "diff\n" + String.join("\n", lines) + "\n" + fence);
    if (text.diff().size() > lines.size()) {
      line("");
      line(text.diff().size() - lines.size() + " more lines.");
    }
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONG
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONG)) + "...";
  }

  private void listed(String heading, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    line("");
    line("### " + heading);
    line("");
    sentences.stream().limit(MAX_SENTENCES).forEach(text -> line("- " + code(text, LONG)));
    if (sentences.size() > MAX_SENTENCES) {
      line("- and " + (sentences.size() - MAX_SENTENCES) + " more");
    }
  }

  /** Not println: the result must not depend on the platform. */
  private void line(String text) {
    if (cut > 0 || written + text.length() + 1 > MAX_CHARS) {
      cut++;
      return;
    }
    written += text.length() + 1;
    out.print(text);
    out.print('\n');
  }
}
