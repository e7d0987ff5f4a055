// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.novelty.Act;
import dev.trailcam.analyzer.novelty.Example;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.novelty.RunSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A comparison of runs as trees for {@link Json}; the names are only ever added. */
record CompareDocuments(Novelty novelty) {

  /** Everything in one document. */
  Map<String, Object> whole() {
    Map<String, Object> document =
        Documents.listed("findings", findings().map(CompareDocuments::finding).toList());
    document.put("new", items());
    document.put("summary", summary());
    return document;
  }

  /** A document for each finding and each thing that is new, the summary last. */
  List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    findings().forEach(finding -> lines.add(Documents.typed("finding", finding(finding))));
    items().forEach(item -> lines.add(Documents.typed("new", item)));
    lines.add(Documents.typed("summary", summary()));
    return lines;
  }

  /** The suppressed ones carry their mark. */
  private Stream<Novelty.NewFinding> findings() {
    return Stream.of(novelty.findings(), novelty.suppressed())
        .flatMap(findings -> findings.told().stream());
  }

  private static Map<String, Object> finding(Novelty.NewFinding told) {
    Map<String, Object> document = Documents.finding(told.finding());
    document.put("head_executions", told.executions());
    document.put("origin", told.example() == null ? null : origin(told.example()));
    return document;
  }

  private List<Map<String, Object>> items() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Novelty.Found found : novelty.found()) {
      for (Novelty.Item item : found.items()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("aspect", found.aspect().id());
        document.put("shape", List.of(found.aspect().shape(item.example().act()).split("\0", -1)));
        document.put("head_executions", item.counted().headExecutions());
        document.put("base_runs", item.counted().baseRuns());
        document.put("base_executions", item.counted().baseExecutions());
        document.put("first", example(item.example()));
        items.add(document);
      }
    }
    return items;
  }

  private static Map<String, Object> example(Example example) {
    Act act = example.act();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("exec_id", example.execId());
    document.put("capture_id", example.captureId());
    document.put("ts", Times.utc(example.tsNs()));
    document.put("ts_ns", example.tsNs());
    document.put("host", example.host());
    document.put("program", act.exe());
    document.put("argv", act.argv());
    document.put("argv_truncated", act.argvTruncated());
    document.put("cwd", act.cwd());
    document.put("uid", act.uid());
    document.put("euid", act.euid());
    document.put("parent_program", act.parentExe());
    document.put("origin", origin(example));
    document.put("ci", Documents.ci(example.ci()));
    return document;
  }

  private static Map<String, Object> origin(Example example) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(
        "package_manager", example.packageManager().map(CompareDocuments::step).orElse(null));
    document.put("step", example.step().map(CompareDocuments::step).orElse(null));
    document.put("ancestors", example.origin().stream().map(CompareDocuments::step).toList());
    return document;
  }

  private static Map<String, Object> step(Example.Step step) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("program", step.exe());
    document.put("argv", step.argv());
    return document;
  }

  private Map<String, Object> summary() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(
        "verdict", !novelty.certain() ? "inconclusive" : novelty.isEmpty() ? "same" : "new");
    document.put("findings", counts(novelty.findings()));
    document.put("suppressed_findings", counts(novelty.suppressed()));
    for (Novelty.Found found : novelty.found()) {
      Map<String, Object> counts = counts(found.total(), found.items().size());
      counts.put("executions_not_compared", found.notCompared());
      document.put(found.aspect().id(), counts);
    }
    document.put("base", side(novelty.base()));
    document.put("head", side(novelty.head()));
    document.put("base_of_other_jobs", novelty.otherJobs());
    document.put("executions_with_arguments_cut_off", novelty.cut());
    document.put(
        "rule_problems", novelty.ruleProblems().stream().map(Documents::ruleProblem).toList());
    document.put("suppressions", SuppressionDocuments.all(novelty.suppressions()));
    return document;
  }

  private static Map<String, Object> counts(Novelty.NewFindings findings) {
    return counts(findings.total(), findings.told().size());
  }

  private static Map<String, Object> counts(long total, int told) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("total", total);
    counts.put("told", told);
    return counts;
  }

  private static Map<String, Object> side(RunSide side) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("evidence_complete", side.whole());
    document.put("executions", side.executions());
    document.put("captures", side.captures().stream().map(Documents::capture).toList());
    document.put("problems", side.problems().stream().map(Documents::problem).toList());
    return document;
  }
}
