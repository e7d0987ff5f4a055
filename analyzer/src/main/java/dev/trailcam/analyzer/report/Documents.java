// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ManifestEntry;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results as trees for {@link Json}. The names are a promise to whoever parses them: they are only
 * ever added. What is not known is null; the CI context of a machine outside CI is null as a whole.
 */
public final class Documents {

  private Documents() {}

  /** A finding with all that is known of its execution. */
  public static Map<String, Object> finding(Finding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("finding_id", finding.id());
    document.put("rule", rule(finding.rule()));
    document.put("severity", finding.severity().id());
    document.put("incident", finding.incident());
    document.put("reason", finding.reason());
    Execution execution = finding.execution();
    document.put("exec_id", execution.execId());
    document.put("ts", Times.utc(execution.tsNs()));
    document.put("ts_ns", execution.tsNs());
    document.put("host", execution.host());
    document.put("environment", execution.environment());
    document.put("ci", ci(execution.ci()));
    document.put("process", process(execution));
    Map<String, Object> guidance = new LinkedHashMap<>();
    finding.guidance().forEach((environment, text) -> guidance.put(environment.id(), text));
    document.put("guidance", guidance);
    document.put("capture_id", finding.captureId());
    document.put("segment", finding.segment());
    document.put("segment_sha256", finding.segmentSha256());
    document.put("suppression", SuppressionDocuments.mark(finding.suppression()));
    return document;
  }

  static Map<String, Object> rule(Rule rule) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", rule.id());
    document.put("version", rule.version());
    document.put("title", rule.title());
    document.put("severity", rule.severity().id());
    document.put("status", rule.status().id());
    document.put("tactics", rule.tactics());
    document.put("techniques", rule.techniques());
    return document;
  }

  static Map<String, Object> process(Execution execution) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("pid", execution.pid());
    document.put("program", execution.program());
    document.put("argv", execution.argv());
    document.put("argv_truncated", execution.argvTruncated());
    document.put("cwd", execution.cwd());
    document.put("uid", execution.uid());
    document.put("euid", execution.euid());
    document.put("login_uid", execution.loginUid());
    document.put("container_id", execution.containerId());
    document.put("parent_program", execution.parentExe());
    document.put("parent_argv", execution.parentArgv());
    document.put(
        "ancestors",
        execution.ancestors().stream()
            .map(
                ancestor -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("pid", ancestor.pid());
                  one.put("comm", ancestor.comm());
                  one.put("program", ancestor.exe());
                  return one;
                })
            .toList());
    return document;
  }

  static Map<String, Object> ci(CiContext ci) {
    if (ci == null || ci.equals(CiContext.NONE)) {
      return null;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("provider", ci.provider());
    document.put("project_path", ci.projectPath());
    document.put("commit_sha", ci.commitSha());
    document.put("ref_name", ci.refName());
    document.put("trigger", ci.trigger());
    document.put("actor", ci.actor());
    document.put("run_id", ci.runId());
    document.put("run_attempt", ci.runAttempt());
    document.put("job", ci.job());
    document.put("workflow", ci.workflow());
    return document;
  }

  /** What was looked at, with what, and what was wrong. */
  public static Map<String, Object> summary(ReplayResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verdict", result.verdict().id());
    document.put("evidence_complete", result.evidenceWhole());
    document.put("findings", result.findings().size());
    document.put("suppressed", result.suppressed());
    document.put("incidents", result.incidents());
    document.put("executions", result.executions());
    document.put("losses", result.losses());
    document.put("lost_events", result.lostEvents());
    document.put("inconclusive_windows", result.windows().size());

    if (!result.selected().selection().all()) {
      document.put("selection", SelectionText.document(result.selected()));
    }
    document.put("captures", result.captures().stream().map(Documents::capture).toList());
    document.put("unreadable", result.unreadable().stream().map(Documents::problem).toList());
    document.put("rules", result.rules().stream().map(Documents::ruleRun).toList());
    document.put(
        "rule_problems", result.ruleProblems().stream().map(Documents::ruleProblem).toList());
    document.put("suppressions", SuppressionDocuments.all(result.suppressions()));
    document.put("tool", result.tool());
    document.put("engine", result.engine());
    return document;
  }

  /** A time in which something is missing, and whose silence means nothing there. */
  public static Map<String, Object> window(InconclusiveWindow one) {
    Map<String, Object> document = lossWindow(one.window());
    Map<String, Object> rules = new LinkedHashMap<>();
    rules.put("which", one.rules().which().id());
    rules.put("ids", one.rules().ids());
    rules.put("count", one.rules().count());
    rules.put("of", one.rules().total());
    document.put("inconclusive_rules", rules);
    return document;
  }

  /** A time in which something is missing. */
  static Map<String, Object> lossWindow(LossWindow window) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("capture_id", window.captureId());
    document.put("path", window.path());
    document.put("from", Times.utc(window.fromNs()));
    document.put("to", Times.utc(window.toNs()));
    document.put("lost", window.lost());
    document.put("lost_uncounted", window.uncounted());
    document.put("causes", List.copyOf(window.causes()));
    return document;
  }

  /** A document that says first what it is, since others are beside it. */
  static Map<String, Object> typed(String type, Map<String, Object> content) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", type);
    document.putAll(content);
    return document;
  }

  /** The same as a line of ndjson. */
  static void line(String type, Map<String, Object> content, PrintWriter out) {
    Json.compact(typed(type, content), out);
    out.print('\n');
  }

  /** What a capture is and what state it is in. */
  static Map<String, Object> capture(Capture capture) {
    ManifestEntry.Start start = capture.manifest().start();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", capture.path());
    document.put("capture_id", capture.id());
    document.put("format", start.formatVersion());
    document.put("state", capture.whole() ? "whole" : "partial");
    document.put("host", start.host());
    document.put("environment", start.environment());
    document.put("started", Times.utc(start.clock()));
    document.put("head_sha256", capture.manifest().headHash());
    document.put("segments", capture.manifest().segments().size());
    document.put("segments_intact", capture.segments().size());
    document.put("losses", capture.losses());
    document.put("lost_events", capture.lostEvents());
    document.put("problems", capture.problems().stream().map(Documents::problem).toList());
    return document;
  }

  static Map<String, Object> problem(EvidenceProblem problem) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", problem.path());
    document.put("kind", problem.kind().id());
    document.put("message", problem.message());
    return document;
  }

  private static Map<String, Object> ruleRun(ReplayResult.RuleRun run) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", run.rule().id());
    document.put("version", run.rule().version());
    document.put("sha256", run.rule().sha256());
    document.put("findings", run.findings());
    return document;
  }

  static Map<String, Object> ruleProblem(RuleProblem problem) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", problem.file());
    document.put("line", problem.line() == 0 ? null : problem.line());
    document.put("message", problem.message());
    return document;
  }

  /** A list of one kind of thing under one name. */
  static Map<String, Object> listed(String name, List<?> things) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(name, things);
    return document;
  }
}
