// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.lint.LintProblem;
import dev.trailcam.analyzer.lint.LintResult;
import dev.trailcam.analyzer.lint.RuleLint;
import dev.trailcam.analyzer.lint.SuppressionLint;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.RulesReport;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCollection;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Find everything that is wrong with rules.",
    description = {
      "",
      "Looks at metadata, SQL, page, cases and lists of each rule, and at rules.lock, and prints all"
          + " problems, one per line, as FILE:LINE: CODE MESSAGE. docs/writing-rules.md has the"
          + " codes. Runs no case: trailcam test does.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam rules lint",
      "  trailcam rules lint queries",
      "  trailcam rules lint --suppressions suppressions.yml",
      "  trailcam rules lint --format json my_rule.sql | jq -r '.problems[].code'",
      "",
      "Exit codes:",
      "  0    nothing is wrong",
      ExitCode.USAGE_HELP,
      "  3    something is",
      ExitCode.INTERRUPTED_HELP
    })
final class RulesLintCommand implements Verb {
  @Mixin private OutputOptions common;

  @Option(
      names = "--suppressions",
      paramLabel = "FILE",
      description =
          "Look at suppressions of these rules too: their files, their conditions, and whether they"
              + " match more than they say. May be given several times.")
  private List<Path> suppressions;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Rule file (.sql), a directory of them, or one that holds rules/ and lists/. Default: the"
              + " rules that come with the program.")
  private List<Path> paths;

  private final Terminal terminal;

  RulesLintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public OutputOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    Format format = common.formatOfEvidence();
    Set<LintProblem> problems = new TreeSet<>();
    int rules = 0;
    int lists = 0;
    for (RuleCollection collection : collections()) {
      LintResult result = RuleLint.check(collection);
      problems.addAll(result.problems());
      rules += result.rules();
      lists += result.lists();
    }
    if (suppressions != null) {
      problems.addAll(ofSuppressions());
    }
    RulesReport.lint(List.copyOf(problems), rules, lists, format, terminal.out());
    if (!common.quiet()) {
      terminal.say(
          "looked at "
              + count(rules, "rule")
              + " and "
              + count(lists, "list")
              + ": "
              + (problems.isEmpty() ? "nothing is wrong" : count(problems.size(), "problem")));
    }
    return problems.isEmpty() ? ExitCode.FINE : ExitCode.RULE;
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** They are about all the rules together. */
  private List<LintProblem> ofSuppressions() {
    RuleSet rules = paths == null ? RuleSet.packed() : RuleSet.of(paths);
    return SuppressionLint.check(
        SuppressionSet.of(suppressions),
        rules.rules().stream().map(Rule::id).collect(Collectors.toSet()),
        rules.surface());
  }

  /** Each path is judged by itself: it has its own lists and its own lock. */
  private List<RuleCollection> collections() {
    return paths == null
        ? List.of(RuleCollection.packed())
        : paths.stream().map(path -> RuleCollection.of(List.of(path))).toList();
  }
}
