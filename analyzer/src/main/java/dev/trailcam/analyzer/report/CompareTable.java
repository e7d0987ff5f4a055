// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.novelty.Example;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.novelty.RunSide;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A comparison of runs for people: completeness, findings, then what is new, rarest first. */
final class CompareTable {
  private static final int ITEM = 2;
  private static final int DETAIL = 4;

  private final Novelty novelty;
  private final boolean suppressedToo;
  private final CompareHeadline headline;
  private final Set<String> told = new HashSet<>();
  private final Page page;

  CompareTable(Novelty novelty, boolean suppressedToo, Page page) {
    this.novelty = novelty;
    this.suppressedToo = suppressedToo;
    this.headline =
        new CompareHeadline(
            novelty, TerminalText::plain, argv -> ReplayTable.shortened(TerminalText.shell(argv)));
    this.page = page;
  }

  void write() {
    String verdict = headline.verdict();
    page.line(0, novelty.certain() ? page.style().bold(verdict) : page.style().warning(verdict));
    page.labelled(0, "base", CompareHeadline.side(novelty.base()));
    page.labelled(0, "head", CompareHeadline.side(novelty.head()));
    headline.commit().ifPresent(ci -> page.labelled(0, "ci", ci));
    headline.notes().forEach(note -> page.labelledProse(0, "note", note));
    problems("base", novelty.base());
    problems("head", novelty.head());
    findings("FINDINGS", novelty.findings());
    if (suppressedToo) {
      findings("SUPPRESSED FINDINGS", novelty.suppressed());
    }
    novelty.found().stream().filter(found -> found.total() > 0).forEach(this::found);
  }

  private void problems(String name, RunSide side) {
    for (EvidenceProblem problem : side.problems()) {
      page.labelledProse(
          0, "missing", name + ": " + plain(problem.path()) + ": " + plain(problem.message()));
    }
  }

  private void findings(String heading, Novelty.NewFindings findings) {
    if (findings.total() > 0) {
      page.blank();
      page.line(0, page.style().bold(heading));
      findings.told().forEach(this::finding);
      more(findings.total(), findings.told().size());
    }
  }

  private void finding(Novelty.NewFinding one) {
    Finding finding = one.finding();
    page.line(
        ITEM,
        page.style().severity(finding.severity(), finding.severity().id())
            + " "
            + plain(finding.rule().id())
            + "  "
            + plain(finding.reason())
            + "  "
            + page.style().dim(CompareHeadline.executions(one.executions())));
    headline.suppression(finding).ifPresent(why -> page.labelledProse(DETAIL, "by", why));
    if (one.example() != null) {
      details(one.example());
    }
  }

  private void found(Novelty.Found found) {
    page.blank();
    String heading = CompareHeadline.heading(found.aspect()).toUpperCase(Locale.ROOT);
    page.line(0, page.style().bold(heading));
    for (Novelty.Item item : found.items()) {
      page.line(
          ITEM,
          headline.item(found.aspect(), item.example())
              + "  "
              + page.style().dim(CompareHeadline.times(item.counted())));
      details(item.example());
    }
    more(found.total(), found.items().size());
  }

  private void more(long total, int told) {
    if (total > told) {
      page.line(ITEM, CompareHeadline.more(total, told));
    }
  }

  private void details(Example example) {
    if (!told.add(example.execId())) {
      page.labelled(DETAIL, "first", headline.above(example));
      return;
    }
    page.labelled(DETAIL, "first", headline.first(example));
    headline.origin(example).ifPresent(origin -> page.labelled(DETAIL, "from", origin));
    headline.commit(example).ifPresent(commit -> page.labelled(DETAIL, "ci", commit));
  }
}
