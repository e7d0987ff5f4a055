// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.report.RulePageReport;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.analyzer.rules.RuleCollection;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show a rule: what it sees, why it matters, what to do.",
    description = {""},
    footer = {
      "",
      "Examples:",
      "  trailcam rules show net_sniff_tool_exec",
      "  trailcam rules show --sql --color always net_sniff_raw_socket | less -R",
      "  trailcam rules show -r team-rules/ my_rule",
      "",
      "Exit codes:",
      "  0    it was shown",
      "  2    usage, or there is no such rule",
      "  3    the rule or its page is broken"
    })
final class RulesShowCommand implements Verb {
  @Mixin private DisplayOptions common;

  @Parameters(paramLabel = "RULE", description = "Id of the rule.")
  private String id;

  @Mixin private RulesOption rules;

  @Option(names = "--sql", description = "Show its SQL as well.")
  private boolean sql;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  RulesShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    RuleCollection collection = rules.collection();
    Optional<Rule> rule = collection.rules().stream().filter(r -> r.id().equals(id)).findFirst();
    boolean broken = false;
    for (RuleProblem problem : collection.problems()) {
      if (problem.belongsTo(id)) {
        terminal.say(problem.toString());
        broken = true;
      }
    }
    if (rule.isEmpty()) {
      if (broken) {
        return ExitCode.RULE;
      }
      List<String> near = NearNames.of(id, collection.rules().stream().map(Rule::id).toList());
      throw new ParameterException(
          spec.commandLine(),
          "there is no rule "
              + id
              + (near.isEmpty()
                  ? "; trailcam rules list has them all"
                  : "; did you mean " + String.join(" or ", near) + "?"));
    }
    RulePageReport.write(
        rule.get(),
        collection.page(rule.get()),
        collection.cases(RuleCases.fileOf(rule.get())).orElse(null),
        sql,
        common.style(terminal, terminal.outIsTerminal()),
        terminal.out());
    return broken ? ExitCode.RULE : ExitCode.FINE;
  }
}
