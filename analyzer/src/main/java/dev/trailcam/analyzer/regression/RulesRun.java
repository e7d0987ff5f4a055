// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The result of a replay, by rule. */
final class RulesRun {
  private final ReplayResult result;
  private final Set<String> ran = new HashSet<>();
  private final Map<String, List<Finding>> byRule = new HashMap<>();
  private final Map<String, Finding> byId = new HashMap<>();

  RulesRun(ReplayResult result) {
    this.result = result;
    result.rules().forEach(run -> ran.add(run.rule().id()));
    for (Finding finding : result.findings()) {
      Rule rule = finding.rule();
      byRule.computeIfAbsent(rule.id(), id -> new ArrayList<>()).add(finding);
      byId.put(rule.id() + "|" + finding.execution().execId(), finding);
    }
  }

  ReplayResult result() {
    return result;
  }

  boolean ran(String rule) {
    return ran.contains(rule);
  }

  /** Whether every rule that was to run did. */
  boolean allRan() {
    return result.ruleProblems().isEmpty();
  }

  List<Finding> findings(String rule) {
    return byRule.getOrDefault(rule, List.of());
  }

  /** What a rule found in an execution, or null. */
  Finding finding(String rule, String execId) {
    return byId.get(rule + "|" + execId);
  }
}
