// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a verb that shows events also says what rules make of them. */
final class FindingsOption {
  @Mixin private RulesOption rules;

  @Option(names = "--no-findings", description = "Run no rules; faster, and nothing is marked.")
  private boolean none;

  /** Whether nobody wants any. */
  boolean none() {
    return none;
  }

  /** The rules to run; empty where nobody wants findings, or when none can, and why was said. */
  Optional<RuleSet> runnable(Terminal terminal) {
    return none ? Optional.empty() : rules.runnable(terminal);
  }

  /** Runs the rules, if there are any, over all that was named. */
  static Optional<ReplayResult> replay(
      Engine engine, NamedEvidence evidence, Optional<RuleSet> rules) {
    return rules.map(set -> engine.replay(evidence.set(), set));
  }

  /** Rules that did not run, which were said; none where nobody wanted any. */
  static List<RuleProblem> problems(Optional<ReplayResult> result, Terminal terminal) {
    List<RuleProblem> problems = result.map(ReplayResult::ruleProblems).orElse(List.of());
    problems.forEach(problem -> terminal.say(problem.toString()));
    return problems;
  }
}
