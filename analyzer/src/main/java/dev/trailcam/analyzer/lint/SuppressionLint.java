// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.engine.ConditionCheck;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.suppressions.Suppression;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at suppressions without evidence: their files, their rules and their conditions. */
public final class SuppressionLint {

  private SuppressionLint() {}

  /**
   * Everything to mend.
   *
   * @param rules ids of the rules there are
   * @param surface what their conditions are written against
   */
  public static List<LintProblem> check(
      SuppressionSet set, Set<String> rules, RuleSurface surface) {
    List<LintProblem> problems = new ArrayList<>();
    set.problems().forEach(problem -> problems.add(problem(problem)));
    if (set.entries().isEmpty()) {
      return problems;
    }
    try (ConditionCheck check = ConditionCheck.open(EngineOptions.DEFAULT, surface)) {
      for (Suppression entry : set.entries()) {
        List<RuleProblem> broken = check.problems(entry);
        broken.forEach(problem -> problems.add(problem(problem)));
        for (String breadth : broken.isEmpty() ? check.breadth(entry) : List.<String>of()) {
          problems.add(
              new LintProblem(
                  entry.file(),
                  entry.whereLine(),
                  LintCode.SUPPRESSION_BROAD,
                  entry.id() + " is broad: " + breadth));
        }
        if (!rules.contains(entry.rule())) {
          problems.add(
              new LintProblem(
                  entry.file(),
                  entry.line(),
                  LintCode.SUPPRESSION_RULE,
                  entry.id() + " is about a rule that is not there: " + entry.rule()));
        }
      }
    }
    return problems;
  }

  private static LintProblem problem(RuleProblem problem) {
    return new LintProblem(problem.file(), problem.line(), LintCode.SUPPRESSION, problem.message());
  }
}
