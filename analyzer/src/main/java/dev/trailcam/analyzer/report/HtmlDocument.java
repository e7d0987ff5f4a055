// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.HtmlTexts.shown;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.RulePage;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Environment;
import dev.trailcam.capture.ManifestEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the page's script reads. Its text is what people see: nothing there is escaped again. */
final class HtmlDocument {
  private static final int MAX_PROBLEMS = 5_000;
  private static final int NS_PER_US = 1000;

  private final ReplayResult result;
  private final CiLinks links;
  private final HtmlProcesses processes;
  private final Map<CiContext, Integer> contexts = new LinkedHashMap<>();

  HtmlDocument(ReplayResult result, CiLinks links, HtmlProcesses processes) {
    this.result = result;
    this.links = links;
    this.processes = processes;
  }

  /**
   * The whole.
   *
   * @param activity of {@link HtmlActivity}
   * @param commands that give the result again
   */
  Map<String, Object> of(Map<String, Object> activity, List<String> commands) {
    for (Capture capture : result.captures()) {
      contexts.merge(context(capture.manifest().start().ci()), 1, Integer::sum);
    }
    contexts.remove(CiContext.NONE);
    List<CiContext> numbered = new ArrayList<>(contexts.keySet());
    HtmlFindings findings = new HtmlFindings(result, numbered, processes);
    Headline headline = new Headline(result, HtmlTexts::shown);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verdict", result.verdict().id());
    document.put("headline", headline.verdict());
    document.put("evidence_complete", result.evidenceWhole());
    document.put("notices", notices());
    document.put(
        "sentences",
        Stream.of(
                Optional.of(headline.looked()),
                headline.selected(),
                headline.notRecorded(),
                headline.inconclusive())
            .flatMap(Optional::stream)
            .map(sentence -> sentence + ".")
            .toList());
    document.put("findings", findings.findings());
    document.put("findings_total", result.findings().size());
    document.put("rules", findings.rules());
    document.put("environments", environments());
    document.put(
        "windows",
        limited(result.windows().stream().sorted(InconclusiveWindow.WORST_FIRST))
            .map(HtmlDocument::window)
            .toList());
    document.put(
        "problems",
        limited(result.evidenceProblems().stream()).map(HtmlDocument::problem).toList());
    document.put(
        "rule_problems",
        limited(
                Stream.concat(
                    result.ruleProblems().stream(), result.suppressions().problems().stream()))
            .map(problem -> shown(problem.toString()))
            .toList());
    document.put("losses", losses());
    document.put(
        "suppression_warnings",
        SuppressionReport.warnings(result.suppressions()).stream().map(HtmlTexts::shown).toList());
    document.put(
        "left_out",
        Stream.of(headline.notRecorded(), headline.selected(), more())
            .flatMap(Optional::stream)
            .map(sentence -> sentence + ".")
            .toList());
    document.put("ci", numbered.stream().map(this::ci).toList());
    document.put(
        "links_note",
        links.server().isPresent()
            ? "Links lead to the server that was named with --ci-server."
            : "A capture does not say on which server it was made: links lead to the provider's"
                + " public one. --ci-server names another.");
    document.put("captures", result.captures().stream().map(HtmlDocument::capture).toList());
    document.put("commands", commands);
    document.put("tool", result.tool());
    document.put("engine", result.engine());
    document.put("activity", activity);
    return document;
  }

  private List<String> notices() {
    List<String> notices = new ArrayList<>();
    if (!result.evidenceWhole()) {
      notices.add(
          "The evidence is incomplete: what is missing may have held more. See \"What is"
              + " missing\".");
    }
    if (!result.ruleProblems().isEmpty() || !result.suppressions().problems().isEmpty()) {
      notices.add("Not every rule or suppression could be used. See \"What is missing\".");
    }
    return notices;
  }

  private static <T> Stream<T> limited(Stream<T> many) {
    return many.limit(MAX_PROBLEMS);
  }

  private Optional<String> more() {
    long most =
        Math.max(
            result.windows().size(),
            Math.max(result.evidenceProblems().size(), result.ruleProblems().size()));
    return most <= MAX_PROBLEMS
        ? Optional.empty()
        : Optional.of(
            "Of each kind above only "
                + MAX_PROBLEMS
                + " are in this page: trailcam replay --format json has all");
  }

  private static Map<String, Object> environments() {
    Map<String, Object> names = new LinkedHashMap<>();
    for (Environment environment : Environment.values()) {
      names.put(environment.id(), RulePage.heading(environment));
    }
    return names;
  }

  private static Map<String, Object> window(InconclusiveWindow one) {
    LossWindow window = one.window();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("time", WindowReport.time(window));
    document.put("path", shown(window.path()));
    document.put("what", shown(WindowReport.what(one)));
    document.put("from_us", micros(window.fromNs()));
    document.put("to_us", micros(window.toNs()));
    return document;
  }

  private static Long micros(OptionalLong ns) {
    return ns.isEmpty() ? null : Long.valueOf(micros(ns.getAsLong()));
  }

  /** What numbers of a page's script hold exactly. */
  static long micros(long ns) {
    return Math.floorDiv(ns, NS_PER_US);
  }

  private static Map<String, Object> problem(EvidenceProblem problem) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", shown(problem.path()));
    document.put("message", shown(problem.message()));
    return document;
  }

  private List<String> losses() {
    List<String> losses = new ArrayList<>();
    result
        .losses()
        .forEach((cause, n) -> losses.add(Headline.count(n, "execution") + ": " + shown(cause)));
    result.lostEvents().forEach((table, n) -> losses.add(n + " of " + shown(table)));
    return losses.stream().limit(MAX_PROBLEMS).toList();
  }

  private static CiContext context(CiContext ci) {
    return ci == null ? CiContext.NONE : ci;
  }

  private Map<String, Object> ci(CiContext ci) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("provider", shown(ci.provider()));
    document.put("project_path", shown(ci.projectPath()));
    document.put("workflow", shown(ci.workflow()));
    document.put("job", shown(ci.job()));
    document.put("run_id", shown(ci.runId()));
    document.put("run_attempt", shown(ci.runAttempt()));
    document.put("commit_sha", shown(ci.commitSha()));
    document.put("ref_name", shown(ci.refName()));
    document.put("trigger", shown(ci.trigger()));
    document.put("actor", shown(ci.actor()));
    document.put("links", links.of(ci));
    document.put("captures", contexts.get(ci));
    return document;
  }

  private static Map<String, Object> capture(Capture capture) {
    ManifestEntry.Start start = capture.manifest().start();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", shown(capture.path()));
    document.put("capture_id", shown(capture.id()));
    document.put("host", shown(start.host()));
    document.put("environment", shown(start.environment()));
    document.put("from", Times.utc(start.clock()));
    document.put("to", capture.manifest().end().map(end -> Times.utc(end.clock())).orElse(null));
    document.put(
        "state", capture.whole() ? "whole" : Headline.count(capture.problems().size(), "problem"));
    document.put("head_sha256", capture.manifest().headHash());
    return document;
  }
}
