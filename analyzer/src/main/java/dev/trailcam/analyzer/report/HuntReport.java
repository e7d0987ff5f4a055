// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.HuntFinding;
import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.findings.HuntResult;
import dev.trailcam.analyzer.findings.HuntResult.FailedPair;
import dev.trailcam.analyzer.findings.ReplayResult.RuleRun;
import dev.trailcam.analyzer.rules.Severity;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes the result of a hunt. The same result gives the same bytes. */
public final class HuntReport {

  private HuntReport() {}

  /**
   * Writes the whole report; the caller flushes.
   *
   * @param suppressedToo whether a report for people lists suppressed findings one by one
   */
  public static void write(
      HuntResult result, boolean suppressedToo, Format format, Style style, PrintWriter out) {
    switch (format) {
      case TABLE -> new HuntTable(result, suppressedToo, new Page(out, style)).write();
      case JSON -> {
        Map<String, Object> document =
            Documents.listed(
                "findings", result.findings().listed().stream().map(HuntReport::finding).toList());
        document.put(
            "inconclusive_windows", result.windows().stream().map(Documents::window).toList());
        document.put("summary", summary(result));
        Json.pretty(document, out);
        out.print('\n');
      }
      case NDJSON -> {
        result
            .findings()
            .listed()
            .forEach(finding -> Documents.line("finding", finding(finding), out));
        result
            .windows()
            .forEach(
                window -> Documents.line("inconclusive_window", Documents.window(window), out));
        Documents.line("summary", summary(result), out);
      }
      case MARKDOWN -> new HuntMarkdown(result, out).write();
    }
  }

  private static Map<String, Object> finding(HuntFinding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("state", finding.state().id());
    document.put("first_run", finding.firstRun());
    document.put("resolved", finding.resolved().isEmpty() ? null : finding.resolved());
    document.putAll(Documents.finding(finding.finding()));
    return document;
  }

  private static Map<String, Object> summary(HuntResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verdict", result.verdict().id());
    document.put("evidence_complete", result.problems().isEmpty());
    document.put("run", result.run());
    for (State state : State.values()) {
      Map<String, Object> counts = new LinkedHashMap<>();
      SortedMap<Severity, Long> some = result.findings().count(state);
      some.forEach((severity, n) -> counts.put(severity.id(), n));
      document.put(state.id(), counts);
    }
    Map<String, Object> suppressed = new LinkedHashMap<>();
    for (State state : List.of(State.NEW, State.KNOWN)) {
      suppressed.put(state.id(), result.findings().suppressed().getOrDefault(state, 0L));
    }
    document.put("suppressed", suppressed);
    document.put("captures", result.captures());
    document.put("captures_not_selected", result.notSelected());
    document.put("findings_not_selected", result.findings().outside());
    document.put("captures_no_longer_there", result.vanished());
    document.put("executions", result.executions());
    document.put("losses", result.losses());
    document.put("lost_events", result.lostEvents());
    document.put("inconclusive_windows", result.windows().size());
    document.put("problems", result.problems().stream().map(Documents::problem).toList());
    document.put("rules", result.rules().stream().map(HuntReport::rule).toList());
    document.put(
        "rule_problems", result.ruleProblems().stream().map(Documents::ruleProblem).toList());
    document.put("to_be_tried_again", result.failed().stream().map(HuntReport::failed).toList());
    document.put("suppressions", SuppressionDocuments.all(result.findings().suppressions()));
    document.put("tool", result.tool());
    document.put("engine", result.engine());
    return document;
  }

  private static Map<String, Object> rule(RuleRun run) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", run.rule().id());
    document.put("version", run.rule().version());
    document.put("sha256", run.rule().sha256());
    document.put("findings", run.findings());
    return document;
  }

  private static Map<String, Object> failed(FailedPair pair) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("rule", pair.ruleId());
    document.put("capture_id", pair.captureId());
    document.put("message", pair.message());
    return document;
  }

  /** Sentences that every report for people begins with, without full stops. */
  static List<String> headline(HuntResult result) {
    long suppressed = result.findings().suppressedTotal();
    String none = suppressed == 0 ? "no finding" : "no finding but " + suppressed + " suppressed";
    String said =
        switch (result.verdict()) {
          case FINDINGS ->
              Headline.count(result.count(State.NEW), "new finding")
                  + severities(result, State.NEW)
                  + "; "
                  + result.count(State.KNOWN)
                  + " known"
                  + severities(result, State.KNOWN)
                  + (suppressed == 0 ? "" : "; " + suppressed + " suppressed");
          case CLEAN -> "Clean: " + none + ", and nothing is missing";
          case INCONCLUSIVE ->
              "Inconclusive: "
                  + none
                  + (suppressed == 0 ? ", but" : ", and")
                  + " something is missing";
        };
    long resolved = result.count(State.RESOLVED);
    long lost = result.losses().values().stream().reduce(0L, HuntReport::capped);
    long lostEvents = result.lostEvents().values().stream().reduce(0L, HuntReport::capped);
    return List.of(
        said + (resolved == 0 ? "" : "; " + resolved + " resolved"),
        "Run "
            + result.run()
            + ": "
            + Headline.count(result.executions(), "execution")
            + " in "
            + Headline.count(result.captures(), "capture")
            + ", "
            + Headline.count(result.rules().size(), "rule")
            + "; counted as lost: "
            + Headline.count(lost, "execution")
            + (lostEvents == 0 ? "" : ", " + Headline.count(lostEvents, "other event"))
            + (result.notSelected() == 0
                ? ""
                : "; " + Headline.count(result.notSelected(), "capture") + " not selected")
            + (result.findings().outside() == 0
                ? ""
                : "; "
                    + Headline.count(result.findings().outside(), "finding")
                    + " not selected, told by a run that asks for them")
            + (result.vanished() == 0
                ? ""
                : "; "
                    + Headline.count(result.vanished(), "capture")
                    + " no longer there, what was found in them stays known"));
  }

  private static String severities(HuntResult result, State state) {
    StringBuilder text = new StringBuilder();
    SortedMap<Severity, Long> counts = result.findings().count(state);
    counts.forEach(
        (severity, n) -> text.insert(0, n + " " + severity.id() + (text.isEmpty() ? "" : ", ")));
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  private static long capped(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
