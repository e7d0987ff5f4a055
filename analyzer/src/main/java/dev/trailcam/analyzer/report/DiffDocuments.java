// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.comparison.CaptureState;
import dev.trailcam.analyzer.comparison.Comparison;
import dev.trailcam.analyzer.comparison.Hit;
import dev.trailcam.analyzer.comparison.RuleChange;
import dev.trailcam.analyzer.comparison.RuleVersion;
import dev.trailcam.analyzer.comparison.Side;
import dev.trailcam.analyzer.comparison.TextChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A comparison as trees for {@link Json}; the names are only ever added. */
final class DiffDocuments {
  private final Comparison comparison;

  DiffDocuments(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Everything in one document. */
  Map<String, Object> whole() {
    Map<String, Object> document =
        Documents.listed("rules", comparison.rules().stream().map(this::rule).toList());
    document.put("texts", comparison.texts().stream().map(DiffDocuments::text).toList());
    document.put("summary", summary());
    return document;
  }

  /** A document for each finding that differs and each text, the summary last. */
  List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (RuleChange rule : comparison.rules()) {
      rule.gained().forEach(hit -> lines.add(Documents.typed("gained", hit(hit))));
      rule.lost().forEach(hit -> lines.add(Documents.typed("lost", hit(hit))));
      rule.changed().forEach(retold -> lines.add(Documents.typed("changed", retold(retold))));
    }
    comparison.texts().forEach(text -> lines.add(Documents.typed("text", text(text))));
    lines.add(Documents.typed("summary", summary()));
    return lines;
  }

  private Map<String, Object> rule(RuleChange rule) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", rule.id());
    document.put("base", version(rule.base()));
    document.put("head", version(rule.head()));
    document.put("compared", rule.compared());
    document.put("expected_because", comparison.reason(rule.id()).orElse(null));
    document.put("gained", rule.gained().stream().map(DiffDocuments::hit).toList());
    document.put("lost", rule.lost().stream().map(DiffDocuments::hit).toList());
    document.put("changed", rule.changed().stream().map(DiffDocuments::retold).toList());
    document.put("unchanged", rule.unchanged());
    return document;
  }

  private static Map<String, Object> version(Optional<RuleVersion> rule) {
    if (rule.isEmpty()) {
      return null;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", rule.get().version());
    document.put("sha256", rule.get().sha256());
    return document;
  }

  private static Map<String, Object> hit(Hit hit) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("finding_id", hit.findingId());
    document.put("rule", hit.rule());
    document.put("severity", hit.severity());
    document.put("reason", hit.reason());
    document.put("exec_id", hit.execId());
    document.put("ts", Times.utc(hit.tsNs()));
    document.put("ts_ns", hit.tsNs());
    document.put("host", hit.host());
    document.put("capture_id", hit.captureId());
    document.put("program", hit.program());
    document.put("argv", hit.argv());
    return document;
  }

  private static Map<String, Object> retold(RuleChange.Retold retold) {
    Map<String, Object> document = hit(retold.after());
    Map<String, Object> before = new LinkedHashMap<>();
    before.put("severity", retold.before().severity());
    before.put("reason", retold.before().reason());
    document.put("before", before);
    return document;
  }

  private static Map<String, Object> text(TextChange text) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", text.path());
    document.put("rules", text.rules());
    document.put("diff", text.diff());
    return document;
  }

  private Map<String, Object> summary() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verdict", comparison.verdict().id());
    document.put("gained", comparison.gained());
    document.put("lost", comparison.lost());
    document.put("changed", comparison.changed());
    document.put("unchanged", comparison.unchanged());
    document.put("surprises", comparison.surprises());
    document.put("doubts", comparison.doubts());
    document.put("base", side(comparison.base()));
    document.put("head", side(comparison.head()));
    return document;
  }

  private static Map<String, Object> side(Side side) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("label", side.label());
    document.put("executions", side.executions());
    document.put("findings", side.hits().size());
    document.put("evidence_complete", side.evidenceWhole());
    document.put("evidence_problems", side.evidenceProblems());
    document.put("captures", side.captures().stream().map(DiffDocuments::capture).toList());
    document.put("rules", side.rules().size());
    document.put(
        "rule_problems", side.ruleProblems().stream().map(Documents::ruleProblem).toList());
    document.put("tool", side.tool());
    return document;
  }

  private static Map<String, Object> capture(CaptureState capture) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", capture.path());
    document.put("capture_id", capture.id());
    document.put("head_sha256", capture.headSha256());
    document.put("state", capture.whole() ? "whole" : "partial");
    return document;
  }
}
