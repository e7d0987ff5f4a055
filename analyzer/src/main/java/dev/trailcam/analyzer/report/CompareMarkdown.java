// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.MarkdownText.code;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.novelty.Example;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.novelty.RunSide;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * A comparison of runs for the comment of a pull request, which GitHub cuts off at 65,536
 * characters: so everything has a limit, and one that cuts says what it cut.
 */
final class CompareMarkdown {
  private static final int MAX_CHARS = 60_000;
  private static final int MAX_PROBLEMS = 20;
  private static final int LONG = 300;
  private static final int SHORT = 160;

  private final Novelty novelty;
  private final boolean suppressedToo;
  private final CompareHeadline headline;
  private final Set<String> told = new HashSet<>();
  private final PrintWriter out;
  private int written;
  private int cut;

  CompareMarkdown(Novelty novelty, boolean suppressedToo, PrintWriter out) {
    this.novelty = novelty;
    this.suppressedToo = suppressedToo;
    this.headline =
        new CompareHeadline(
            novelty, text -> code(text, SHORT), argv -> code(TerminalText.shell(argv), LONG));
    this.out = out;
  }

  void write() {
    line("## Trailcam: " + headline.verdict());
    line("");
    line("- base: " + CompareHeadline.side(novelty.base()));
    line("- head: " + CompareHeadline.side(novelty.head()));
    headline.commit().ifPresent(ci -> line("- ci: " + ci));
    headline.notes().forEach(note -> line("- " + note));
    problems("base", novelty.base());
    problems("head", novelty.head());
    findings("Findings", novelty.findings());
    if (suppressedToo) {
      findings("Suppressed findings", novelty.suppressed());
    }
    novelty.found().stream().filter(found -> found.total() > 0).forEach(this::found);
    if (cut > 0) {
      out.print("\n**Cut here**: " + cut + " more lines; `--format table` or `json` has all.\n");
    }
  }

  private void problems(String name, RunSide side) {
    if (side.whole()) {
      return;
    }
    heading("Missing in the " + name);
    for (EvidenceProblem problem : side.problems().stream().limit(MAX_PROBLEMS).toList()) {
      line("- " + code(problem.path(), LONG) + ": " + code(problem.message(), LONG));
    }
    if (side.problems().size() > MAX_PROBLEMS) {
      line("- and " + (side.problems().size() - MAX_PROBLEMS) + " more");
    }
  }

  private void findings(String heading, Novelty.NewFindings findings) {
    if (findings.total() > 0) {
      heading(heading);
      findings.told().forEach(this::finding);
      more(findings.total(), findings.told().size());
    }
  }

  private void finding(Novelty.NewFinding one) {
    Finding finding = one.finding();
    line(
        "- **"
            + finding.severity().id()
            + "** "
            + code(finding.rule().id(), SHORT)
            + ": "
            + code(finding.reason(), LONG)
            + ": "
            + CompareHeadline.executions(one.executions()));
    headline.suppression(finding).ifPresent(why -> line("  - suppressed by " + why));
    if (one.example() != null) {
      details(one.example());
    }
  }

  private void found(Novelty.Found found) {
    heading(CompareHeadline.heading(found.aspect()));
    for (Novelty.Item item : found.items()) {
      line(
          "- "
              + headline.item(found.aspect(), item.example())
              + ": "
              + CompareHeadline.times(item.counted()));
      details(item.example());
    }
    more(found.total(), found.items().size());
  }

  private void more(long total, int told) {
    if (total > told) {
      line("- " + CompareHeadline.more(total, told));
    }
  }

  private void details(Example example) {
    if (!told.add(example.execId())) {
      line("  - first: " + headline.above(example));
      return;
    }
    line("  - first: " + headline.first(example));
    headline.origin(example).ifPresent(origin -> line("  - from: " + origin));
    headline.commit(example).ifPresent(commit -> line("  - ci: " + commit));
  }

  private void heading(String text) {
    line("");
    line("### " + text);
    line("");
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
