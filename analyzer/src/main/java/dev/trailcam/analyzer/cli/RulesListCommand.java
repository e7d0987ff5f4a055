// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.RulesReport;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.analyzer.rules.RuleCollection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "List rules.",
    description = {
      "",
      "One line for each rule that can run, by id, with the number of its cases.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam rules list",
      "  trailcam rules list -r team-rules/ --format json | jq -r '.rules[].id'",
      "",
      "Exit codes:",
      "  0    every rule can run",
      ExitCode.USAGE_HELP,
      "  3    a rule is broken; the others are listed"
    })
final class RulesListCommand implements Verb {
  @Mixin private OutputOptions common;

  @Mixin private RulesOption rules;

  private final Terminal terminal;

  RulesListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public OutputOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    Format format = common.formatOfEvidence();
    RuleCollection collection = rules.collection();
    List<RulesReport.Listed> listed = new ArrayList<>();
    collection
        .rules()
        .forEach(
            rule ->
                listed.add(
                    new RulesReport.Listed(
                        rule, collection.cases(RuleCases.fileOf(rule)).orElse(null))));
    RulesReport.list(
        listed, format, common.style(terminal, terminal.outIsTerminal()), terminal.out());
    collection.problems().forEach(problem -> terminal.say(problem.toString()));
    return collection.problems().isEmpty() ? ExitCode.FINE : ExitCode.RULE;
  }
}
