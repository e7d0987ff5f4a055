// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RulePage;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The result of a replay for somebody who was woken up for it: verdict, then rule by rule. */
final class ReplayTable {
  private static final int MAX_COMMAND_CHARS = 2000;
  private static final int PLACE = 2;
  private static final int FACT = 4;
  private static final int DETAIL = 6;

  private final ReplayResult result;
  private final SuppressionReport suppressions;
  private final Page page;

  /** What each incident began with, by its id. */
  private final Map<String, String> began = new HashMap<>();

  ReplayTable(ReplayResult result, boolean suppressedToo, Page page) {
    this.result = result;
    this.suppressions = new SuppressionReport(result, suppressedToo);
    this.page = page;
    for (Finding finding : result.findings()) {
      Execution execution = finding.execution();
      began.put(execution.execId(), "pid " + execution.pid() + ": " + command(execution));
    }
  }

  void write() {
    verdict();
    new WindowReport(result).table(page);
    byRule();
    suppressions.table(page);
    problems();
  }

  /** The open findings alone. */
  void byRule() {
    Map<Rule, List<Finding>> byRule = new LinkedHashMap<>();
    for (Finding finding : result.open()) {
      byRule.computeIfAbsent(finding.rule(), rule -> new ArrayList<>()).add(finding);
    }
    byRule.forEach(this::rule);
  }

  private void verdict() {
    Headline headline = new Headline(result, TerminalText::plain);
    page.line(
        0,
        switch (result.verdict()) {
          case FINDINGS -> page.style().bold(headline.verdict());
          case CLEAN -> page.style().good(headline.verdict());
          case INCONCLUSIVE -> page.style().warning(headline.verdict());
        });
    page.prose(0, headline.looked(), 0);
    headline.selected().ifPresent(sentence -> page.prose(0, sentence, 0));
    headline.notRecorded().ifPresent(sentence -> page.prose(0, sentence, 0));
    if (!result.evidenceWhole()) {
      page.line(0, page.style().warning("The evidence is incomplete: see the end"));
    }
    if (!result.ruleProblems().isEmpty()) {
      page.line(0, page.style().warning("Not every rule could run: see the end"));
    }
    if (!result.suppressions().problems().isEmpty()) {
      page.line(0, page.style().warning("Not every suppression is heeded: see the end"));
    }
  }

  private void rule(Rule rule, List<Finding> findings) {
    page.blank();
    List<String> ids = new ArrayList<>(rule.tactics());
    ids.addAll(rule.techniques());
    page.line(
        0,
        page.style().severity(rule.severity(), rule.severity().name())
            + "  "
            + page.style().bold(plain(rule.title())));
    page.line(
        0,
        page.style()
            .dim(
                rule.id()
                    + " version "
                    + rule.version()
                    + (ids.isEmpty() ? "" : ", ATT&CK " + String.join(" ", ids))));
    findings(findings);
    Map<Environment, String> guidance = new TreeMap<>();
    findings.forEach(finding -> guidance.putAll(finding.guidance()));
    guidance.forEach(
        (environment, text) -> {
          page.blank();
          page.line(2, page.style().bold("What to do (" + RulePage.heading(environment) + ")"));
          paragraphs(FACT, text);
        });
  }

  private void paragraphs(int indent, String text) {
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              String item = plain(line.strip());
              int hanging = item.startsWith("- ") ? 2 : item.matches("[0-9]{1,2}[.] .*") ? 3 : 0;
              page.prose(indent, item, hanging);
            });
  }

  /** What findings share is said once: where they were, and who started them. */
  private void findings(List<Finding> findings) {
    Map<String, List<Finding>> incidents = new LinkedHashMap<>();
    for (Finding finding : findings) {
      incidents.computeIfAbsent(finding.incident(), id -> new ArrayList<>()).add(finding);
    }
    Finding before = null;
    for (Finding finding : incidents.values().stream().flatMap(List::stream).toList()) {
      boolean here = before != null && place(before).equals(place(finding));
      if (!here) {
        where(finding);
      }
      finding(finding, here && origin(before).equals(origin(finding)));
      before = finding;
    }
  }

  private static List<Object> place(Finding finding) {
    return List.of(finding.captureId(), finding.segment(), finding.execution().host());
  }

  private static List<Object> origin(Finding finding) {
    Execution execution = finding.execution();
    return Arrays.asList(
        execution.cwd(),
        execution.parentExe(),
        execution.parentArgv(),
        execution.ancestors(),
        execution.containerId());
  }

  private void where(Finding finding) {
    Execution execution = finding.execution();
    page.blank();
    page.line(
        PLACE,
        page.style().bold(plain(execution.host()))
            + (execution.environment() == null ? "" : " (" + plain(execution.environment()) + ")")
            + page.style()
                .dim(", capture " + plain(finding.captureId()) + " " + finding.segment()));
    ci(execution.ci());
  }

  private void finding(Finding finding, boolean sameOrigin) {
    Execution execution = finding.execution();
    page.blank();
    page.line(
        FACT,
        Times.utc(execution.tsNs())
            + "  "
            + who(execution)
            + "  pid "
            + execution.pid()
            + page.style().dim("  finding " + finding.id()));
    if (finding.severity() != finding.rule().severity()) {
      String severity = finding.severity().id();
      page.labelled(DETAIL, "severity", page.style().severity(finding.severity(), severity));
    }
    if (!finding.incident().equals(execution.execId())) {
      page.labelledProse(
          DETAIL,
          "incident",
          "of " + began.getOrDefault(finding.incident(), "one that was found before"));
    }
    page.labelled(DETAIL, "command", page.style().bold(command(execution)));
    if (execution.program() != null && !finding.reason().contains(execution.program())) {
      page.labelled(DETAIL, "program", plain(execution.program()));
    }
    page.labelledProse(DETAIL, "why", plain(finding.reason()));
    if (sameOrigin) {
      page.labelled(DETAIL, "from", page.style().dim("the same parent and directory"));
    } else {
      origin(execution);
    }
  }

  private void origin(Execution execution) {
    if (execution.parentArgv() != null) {
      page.labelled(DETAIL, "parent", shortened(TerminalText.shell(execution.parentArgv())));
    } else if (execution.parentExe() != null) {
      page.labelled(DETAIL, "parent", plain(execution.parentExe()));
    }
    if (!execution.ancestors().isEmpty()) {
      page.labelledProse(DETAIL, "ancestry", ancestry(execution));
    }
    if (execution.containerId() != null) {
      page.labelled(DETAIL, "container", plain(execution.containerId()));
    }
    if (execution.cwd() != null) {
      page.labelled(DETAIL, "in", plain(execution.cwd()));
    }
  }

  static String who(Execution execution) {
    String who = "uid " + execution.uid();
    if (execution.euid() != execution.uid()) {
      who += " as euid " + execution.euid();
    }
    if (execution.loginUid() != null && execution.loginUid() != execution.uid()) {
      who += " (login uid " + execution.loginUid() + ")";
    }
    return who;
  }

  static String command(Execution execution) {
    if (execution.argv() == null) {
      return "(arguments could not be read)";
    }
    String command = shortened(TerminalText.shell(execution.argv()));
    return execution.argvTruncated() ? command + " (cut by the recorder)" : command;
  }

  /** A command that says so where it is too long for a page. */
  static String shortened(String command) {
    if (command.length() <= MAX_COMMAND_CHARS) {
      return command;
    }
    // Never through the middle of a pair of surrogates.
    int end = command.offsetByCodePoints(0, command.codePointCount(0, MAX_COMMAND_CHARS));
    return command.substring(0, end)
        + " ... ("
        + (command.length() - end)
        + " more characters: --format json has them)";
  }

  private static String ancestry(Execution execution) {
    return execution.ancestors().stream()
        .map(
            ancestor ->
                TerminalText.plainOrUnknown(
                        ancestor.comm() == null ? ancestor.exe() : ancestor.comm())
                    + "("
                    + ancestor.pid()
                    + ")")
        .collect(Collectors.joining(" < "));
  }

  private void ci(CiContext ci) {
    String text = ciText(ci);
    if (!text.isEmpty()) {
      page.labelledProse(FACT, "CI", text);
    }
  }

  /** Where in CI it was, encoded; empty where it was not in CI. */
  static String ciText(CiContext ci) {
    List<String> parts = new ArrayList<>();
    add(parts, "", ci.provider());
    add(parts, "", ci.projectPath());
    add(parts, "ref ", ci.refName());
    add(parts, "commit ", ci.commitSha());
    add(parts, "run ", ci.runId());
    add(parts, "attempt ", ci.runAttempt());
    add(parts, "workflow ", ci.workflow());
    add(parts, "job ", ci.job());
    add(parts, "on ", ci.trigger());
    add(parts, "by ", ci.actor());
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String label, String value) {
    if (value != null) {
      parts.add(label + plain(value));
    }
  }

  private void problems() {
    List<EvidenceProblem> problems = result.evidenceProblems();
    if (!problems.isEmpty()) {
      page.blank();
      page.line(0, page.style().warning("What is wrong with the evidence"));
      problems.forEach(problem -> page.line(2, sentence(problem)));
    }
    if (!result.ruleProblems().isEmpty()) {
      page.blank();
      page.line(0, page.style().warning("Rules that could not run"));
      for (RuleProblem problem : result.ruleProblems()) {
        page.line(2, plain(problem.toString()));
      }
    }
  }

  static String sentence(EvidenceProblem problem) {
    return plain(problem.path()) + ": " + plain(problem.message());
  }
}
