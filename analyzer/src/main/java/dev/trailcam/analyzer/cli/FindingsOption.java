// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a verb that shows events also says what rules make of them. */
final class FindingsOption {
  @Mixin private RulesOption rules;

  @Option(names = "--no-findings", description = "Run no rules; faster, and nothing is marked.")
  private boolean none;

  @Option(
      names = "--suppressions",
      paramLabel = "FILE",
      description =
          "Findings that are legitimate use, see docs/suppressions.md; they are shown as such. May"
              + " be given several times.")
  private List<Path> suppressions;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  /** Whether nobody wants any. */
  boolean none() {
    return none;
  }

  /** The rules to run; empty where nobody wants findings, or when none can, and why was said. */
  Optional<RuleSet> runnable(Terminal terminal) {
    if (none && suppressions != null) {
      throw new ParameterException(
          verb.commandLine(), "--suppressions and --no-findings exclude each other");
    }
    return none ? Optional.empty() : rules.runnable(terminal);
  }

  /** Runs the rules, if there are any, over all that was named. */
  Optional<ReplayResult> replay(Engine engine, NamedEvidence evidence, Optional<RuleSet> rules) {
    SuppressionSet set =
        suppressions == null ? SuppressionSet.NONE : SuppressionSet.of(suppressions);
    return rules.map(some -> engine.replay(evidence.set(), some, set));
  }

  /**
   * Says what was wrong with rules or suppressions.
   *
   * @param whole whether nothing is missing from what is shown
   * @return the exit status
   */
  static int exitCode(Optional<ReplayResult> result, boolean whole, Terminal terminal) {
    if (broken(result, terminal)) {
      return ExitCode.RULE;
    }
    return whole && result.map(ReplayResult::evidenceWhole).orElse(true)
        ? ExitCode.FINE
        : ExitCode.EVIDENCE;
  }

  private static boolean broken(Optional<ReplayResult> result, Terminal terminal) {
    if (result.isEmpty()) {
      return false;
    }
    result.get().ruleProblems().forEach(problem -> terminal.say(problem.toString()));
    SuppressionsOption.say(result.get().suppressions(), terminal);
    return !result.get().ruleProblems().isEmpty()
        || SuppressionsOption.broken(result.get().suppressions());
  }
}
