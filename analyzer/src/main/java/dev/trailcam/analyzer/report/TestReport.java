// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.CheckedExecution;
import dev.trailcam.analyzer.regression.Outcome;
import dev.trailcam.analyzer.regression.RuleScore;
import dev.trailcam.analyzer.regression.TestResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes the result of testing rules. The same result gives the same bytes. */
public final class TestReport {

  private TestReport() {}

  /**
   * Writes the whole report; the caller flushes.
   *
   * @param tree the working tree that paths in SARIF are relative to
   */
  public static void write(
      TestResult result, TestFormat format, Style style, Path tree, PrintWriter out) {
    switch (format) {
      case TABLE -> new TestTable(result, new Page(out, style)).write();
      case JSON -> json(document(result), out);
      case JUNIT -> new JunitReport(result, out).write();
      case SARIF -> json(new SarifReport(result, tree).document(), out);
      case MARKDOWN -> new TestMarkdown(result, out).write();
    }
  }

  private static void json(Map<String, Object> document, PrintWriter out) {
    Json.pretty(document, out);
    out.print('\n');
  }

  private static Map<String, Object> document(TestResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verdict", result.verdict().id());
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("checks", result.checks().size());
    result.counts().forEach((outcome, count) -> counts.put(outcome.id(), count));
    document.put("counts", counts);
    document.put("checks", result.checks().stream().map(TestReport::check).toList());
    document.put("rules", result.scores().stream().map(TestReport::score).toList());
    document.put("problems", result.problems().stream().map(Documents::ruleProblem).toList());
    document.put("captures", result.captures());
    document.put("executions", result.executions());
    document.put("tool", result.tool());
    document.put("engine", result.engine());
    return document;
  }

  private static Map<String, Object> check(Check check) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", check.kind().id());
    document.put("rule", check.rule());
    document.put("name", check.name());
    document.put("outcome", check.outcome().id());
    document.put("message", check.message().isEmpty() ? null : check.message());
    document.put("file", check.file());
    document.put("line", check.line() == 0 ? null : check.line());
    document.put("executions", check.executions().stream().map(TestReport::execution).toList());
    return document;
  }

  private static Map<String, Object> execution(CheckedExecution execution) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("exec_id", execution.execId());
    document.put("capture_id", execution.captureId());
    document.put("program", execution.program());
    document.put("argv", execution.argv());
    document.put("note", execution.note());
    return document;
  }

  private static Map<String, Object> score(RuleScore score) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", score.rule().id());
    document.put("version", score.rule().version());
    document.put("sha256", score.rule().sha256());
    document.put("fires", score.fires());
    document.put("silent", score.silent());
    document.put("known_misses", score.knownMisses());
    document.put("right", score.right());
    document.put("wrong", score.wrong());
    document.put("missed", score.missed());
    document.put("precision", number(score.precision()));
    document.put("recall", number(score.recall()));
    return document;
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** What the execution was, in one line: what was started, and by which id one finds it. */
  static String execution(CheckedExecution execution, String unknown) {
    String what =
        execution.argv() != null
            ? TerminalText.shell(execution.argv())
            : execution.program() != null ? TerminalText.plain(execution.program()) : unknown;
    return execution.execId() == null ? what : execution.execId() + "  " + what;
  }

  /** Where a check stands: its file and line. */
  static String place(Check check) {
    return check.line() == 0 ? check.file() : check.file() + ":" + check.line();
  }

  /** What a result comes to, without a full stop. */
  static String verdict(TestResult result) {
    Map<Outcome, Long> counts = result.counts();
    String of = " of " + Headline.count(result.checks().size(), "check");
    return switch (result.verdict()) {
      case RULE_BROKEN ->
          "Broken: not every rule, case and expectation could be used"
              + failed(counts.get(Outcome.FAILED), of);
      case EVIDENCE_INCOMPLETE ->
          "Inconclusive: evidence is missing or incomplete"
              + failed(counts.get(Outcome.FAILED), of);
      case FAILED -> "Failed: " + counts.get(Outcome.FAILED) + of;
      case WARNING, KNOWN_MISS, PASSED ->
          "Passed: " + Headline.count(result.checks().size(), "check");
    };
  }

  private static String failed(long failed, String of) {
    return failed == 0 ? "" : "; " + failed + of + " failed";
  }

  /** What was tested, as a sentence without a full stop. */
  static String tested(TestResult result) {
    long cases = 0;
    long misses = 0;
    for (RuleScore score : result.scores()) {
      cases += score.fires() + score.silent() + score.knownMisses();
      misses += score.knownMisses();
    }
    return "Tested "
        + Headline.count(result.scores().size(), "rule")
        + " with "
        + Headline.count(cases, "case")
        + ", "
        + misses
        + " of them known misses, and over "
        + Headline.count(result.captures(), "capture")
        + " with "
        + Headline.count(result.executions(), "execution");
  }

  /** A share as people read it; a dash where there is none. */
  static String share(OptionalDouble share) {
    // Rounded down: what is not all is never shown as all.
    return share.isEmpty() ? "-" : (long) Math.floor(share.getAsDouble() * 100) + " %";
  }

  /** The rules' scores as cells, a heading first. */
  static List<List<String>> scores(TestResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "rule",
            "fires",
            "silent",
            "known misses",
            "right",
            "wrong",
            "missed",
            "precision",
            "recall"));
    for (RuleScore score : result.scores()) {
      rows.add(
          List.of(
              score.rule().id(),
              Long.toString(score.fires()),
              Long.toString(score.silent()),
              Long.toString(score.knownMisses()),
              Long.toString(score.right()),
              Long.toString(score.wrong()),
              Long.toString(score.missed()),
              share(score.precision()),
              share(score.recall())));
    }
    return rows;
  }
}
