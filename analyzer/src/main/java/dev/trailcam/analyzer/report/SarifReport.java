// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.regression.Check;
import dev.trailcam.analyzer.regression.CheckedExecution;
import dev.trailcam.analyzer.regression.Outcome;
import dev.trailcam.analyzer.regression.RuleScore;
import dev.trailcam.analyzer.regression.TestResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.Sha256;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0: a result for each check that is not as it should be, at the line of the cases or
 * expectations that demands it. The fingerprint depends on rule and check alone, so that a code
 * host knows it again when lines move.
 */
final class SarifReport {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final int MAX_EXECUTIONS = 20;

  private final TestResult result;
  private final Path tree;
  private final List<String> ruleIds = new ArrayList<>();
  private final List<Object> rules = new ArrayList<>();

  SarifReport(TestResult result, Path tree) {
    this.result = result;
    this.tree = tree.toAbsolutePath().normalize();
  }

  Map<String, Object> document() {
    result.scores().forEach(this::rule);
    List<Object> results = new ArrayList<>();
    result.notable().forEach(check -> results.add(result(check)));
    Map<String, Object> driver = new LinkedHashMap<>();
    int space = result.tool().lastIndexOf(' ');
    driver.put("name", space < 0 ? result.tool() : result.tool().substring(0, space));
    driver.put("version", result.tool().substring(space + 1));
    driver.put("rules", rules);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("invocations", List.of(invocation()));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", results);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", SCHEMA);
    document.put("version", "2.1.0");
    document.put("runs", List.of(run));
    return document;
  }

  private void rule(RuleScore score) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", score.rule().id());
    rule.put("shortDescription", SarifText.message(score.rule().title()));
    rule.put("fullDescription", SarifText.message(score.rule().description()));
    List<String> tags = new ArrayList<>(score.rule().tactics());
    tags.addAll(score.rule().techniques());
    rule.put("properties", Map.of("tags", tags.stream().distinct().toList()));
    ruleIds.add(score.rule().id());
    rules.add(rule);
  }

  private Map<String, Object> result(Check check) {
    // What is about no rule, or about one that is not there, still needs one to be about.
    String id = check.rule() == null ? "trailcam-" + check.kind().id() : check.rule();
    if (!ruleIds.contains(id)) {
      ruleIds.add(id);
      rules.add(new LinkedHashMap<>(Map.of("id", id)));
    }
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("ruleId", id);
    one.put("ruleIndex", ruleIds.indexOf(id));
    one.put("level", check.outcome() == Outcome.WARNING ? "warning" : "error");
    one.put("message", SarifText.message(text(check)));
    one.put("locations", List.of(location(check.file(), check.line())));
    one.put(
        "partialFingerprints",
        Map.of("trailcamCheck/v1", Sha256.of(id + "|" + check.kind().id() + "|" + check.name())));
    one.put("properties", new LinkedHashMap<>(Map.of("outcome", check.outcome().id())));
    return one;
  }

  private static String text(Check check) {
    StringBuilder text = new StringBuilder(check.name()).append(": ").append(check.message());
    List<CheckedExecution> executions = check.executions();
    executions.stream()
        .limit(MAX_EXECUTIONS)
        .forEach(
            execution ->
                text.append(". ")
                    .append(TestReport.execution(execution, "(not known)"))
                    .append(": ")
                    .append(execution.note()));
    if (executions.size() > MAX_EXECUTIONS) {
      text.append(". And ").append(executions.size() - MAX_EXECUTIONS).append(" more");
    }
    return text.append('.').toString();
  }

  private Map<String, Object> invocation() {
    Map<String, Object> invocation = new LinkedHashMap<>();
    Outcome verdict = result.verdict();
    invocation.put(
        "executionSuccessful",
        verdict != Outcome.RULE_BROKEN && verdict != Outcome.EVIDENCE_INCOMPLETE);
    List<Object> notifications = new ArrayList<>();
    for (RuleProblem problem : result.problems()) {
      Map<String, Object> notification = new LinkedHashMap<>();
      notification.put("level", "error");
      notification.put("message", SarifText.message(problem.message()));
      notification.put("locations", List.of(location(problem.file(), problem.line())));
      notifications.add(notification);
    }
    invocation.put("toolExecutionNotifications", notifications);
    return invocation;
  }

  private Map<String, Object> location(String file, int line) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("artifactLocation", new LinkedHashMap<>(Map.of("uri", uri(file))));
    // Code hosts want a line.
    place.put("region", new LinkedHashMap<>(Map.of("startLine", Math.max(1, line))));
    return new LinkedHashMap<>(Map.of("physicalLocation", place));
  }

  /** Relative to the working tree; absolute for what is outside of it; never empty. */
  private String uri(String file) {
    if (file.isEmpty()) {
      return ".";
    }
    Path path;
    try {
      path = tree.resolve(file).normalize();
    } catch (InvalidPathException e) {
      return SarifText.uri(file);
    }
    if (!path.startsWith(tree)) {
      return "file://" + SarifText.uri(path.toString());
    }
    String relative = SarifText.uri(tree.relativize(path).toString());
    return relative.isEmpty() ? "." : relative;
  }
}
