// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.MarkdownText.code;
import static dev.trailcam.analyzer.report.MarkdownText.words;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The result of a replay for the summary of a CI job: what matters first, and bounded, since GitHub
 * shows nothing at all of a summary above 1 MiB. A limit that cuts says what it cut.
 */
final class ReplayMarkdown {
  private static final int MAX_FINDINGS = 50;
  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_LOSSES = 20;
  private static final int LONG = 600;
  private static final int SHORT = 160;

  private final ReplayResult result;
  private final PrintWriter out;

  ReplayMarkdown(ReplayResult result, PrintWriter out) {
    this.result = result;
    this.out = out;
  }

  void write() {
    verdict();
    new WindowReport(result).markdown(this::line);
    findings();
    new SuppressionReport(result, false).markdown(this::line);
    losses();
    List<EvidenceProblem> problems = result.evidenceProblems();
    section("What is wrong with the evidence", problems, MAX_PROBLEMS, this::problem);
    section("Rules that could not run", result.ruleProblems(), MAX_PROBLEMS, this::problem);
  }

  private void verdict() {
    Headline headline = new Headline(result, name -> code(name, SHORT));
    line("## Trailcam: " + headline.verdict());
    line("");
    if (!result.evidenceWhole()) {
      line("**The evidence is incomplete**, see below: what is missing may have held more.");
      line("");
    }
    if (!result.ruleProblems().isEmpty()) {
      line("**Not every rule could run**, see below.");
      line("");
    }
    line(headline.looked() + ".");
    headline.selected().ifPresent(sentence -> line(sentence + "."));
    headline.notRecorded().ifPresent(sentence -> line(sentence + "."));
  }

  /** The open findings alone, the worst first. */
  void findings() {
    List<Finding> open = result.open();
    Rule before = null;
    for (Finding finding : open.stream().limit(MAX_FINDINGS).toList()) {
      if (!finding.rule().equals(before)) {
        rule(finding.rule());
        before = finding.rule();
      }
      finding(finding);
    }
    if (open.size() > MAX_FINDINGS) {
      line("");
      line(
          "**Only "
              + MAX_FINDINGS
              + " of "
              + open.size()
              + " findings are shown**, the worst first: `trailcam replay --format json` has all.");
    } else if (!open.isEmpty()) {
      line("");
      line("`trailcam replay` on the same captures says what to do.");
    }
  }

  private void rule(Rule rule) {
    line("");
    line("### " + rule.severity().name() + ": " + words(rule.title(), SHORT));
    line("");
    line(
        code(rule.id(), SHORT)
            + " version "
            + rule.version()
            + (rule.techniques().isEmpty()
                ? ""
                : ", ATT&amp;CK " + code(String.join(" ", rule.techniques()), SHORT)));
    line("");
  }

  private void finding(Finding finding) {
    Execution execution = finding.execution();
    line(
        "- "
            + Times.utc(execution.tsNs())
            + " on "
            + code(execution.host(), SHORT)
            + (execution.environment() == null
                ? ""
                : " (" + code(execution.environment(), SHORT) + ")")
            + ", "
            + ReplayTable.who(execution)
            + ", pid "
            + execution.pid());
    if (finding.severity() != finding.rule().severity()) {
      fact("severity", finding.severity().id());
    }
    fact("command", command(execution));
    fact("program", code(execution.program(), LONG));
    fact("why", code(finding.reason(), LONG));
    if (execution.parentArgv() != null) {
      fact("parent", code(TerminalText.shell(execution.parentArgv()), LONG));
    }
    String ci = ReplayTable.ciText(execution.ci());
    if (!ci.isEmpty()) {
      fact("CI", code(ci, LONG));
    }
    if (execution.containerId() != null) {
      fact("container", code(execution.containerId(), SHORT));
    }
    fact(
        "evidence",
        "capture "
            + code(finding.captureId(), SHORT)
            + ", "
            + code(finding.segment(), SHORT)
            + ", finding "
            + code(finding.id(), SHORT));
  }

  private static String command(Execution execution) {
    if (execution.argv() == null) {
      return "(arguments could not be read)";
    }
    String command = code(TerminalText.shell(execution.argv()), LONG);
    return execution.argvTruncated() ? command + " (cut by the recorder)" : command;
  }

  private void losses() {
    List<Map.Entry<String, Long>> executions = List.copyOf(result.losses().entrySet());
    section(
        "Executions lost",
        executions,
        MAX_LOSSES,
        loss -> line("- " + loss.getValue() + ", " + code(loss.getKey(), SHORT)));
    List<Map.Entry<String, Long>> others = List.copyOf(result.lostEvents().entrySet());
    section(
        "Other events lost",
        others,
        MAX_LOSSES,
        loss -> line("- " + loss.getValue() + " of " + code(loss.getKey(), SHORT)));
  }

  private void problem(EvidenceProblem problem) {
    line("- " + code(problem.path(), LONG) + ": " + code(problem.message(), LONG));
  }

  private void problem(RuleProblem problem) {
    line("- " + code(problem.toString(), LONG));
  }

  private <T> void section(String heading, List<T> items, int limit, Consumer<T> item) {
    if (items.isEmpty()) {
      return;
    }
    line("");
    line("### " + heading);
    line("");
    items.stream().limit(limit).forEach(item);
    if (items.size() > limit) {
      line("- and " + (items.size() - limit) + " more: `trailcam replay --format json` has all");
    }
  }

  private void fact(String label, String text) {
    line("  - " + label + ": " + text);
  }

  /** Not println: the result must not depend on the platform. */
  private void line(String text) {
    out.print(text);
    out.print('\n');
  }
}
