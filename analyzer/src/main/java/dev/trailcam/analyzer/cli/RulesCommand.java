// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "rules",
    header = "List, show, check and begin detection rules.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  trailcam rules list",
      "  trailcam rules show net_sniff_tool_exec",
      "  trailcam rules new my_rule --tactic discovery -o rules",
      "  trailcam rules lint rules",
      "",
      "Exit codes:",
      "  0    fine",
      ExitCode.USAGE_HELP,
      "  3    a rule is broken, or lint found something to mend",
      ExitCode.INTERRUPTED_HELP
    })
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  private RulesCommand() {}

  /** The verb with its own verbs. */
  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new RulesCommand())
        .addSubcommand(new RulesListCommand(terminal))
        .addSubcommand(new RulesShowCommand(terminal))
        .addSubcommand(new RulesLintCommand(terminal))
        .addSubcommand(new RulesNewCommand(terminal))
        .addSubcommand(new RulesLockCommand(terminal));
  }

  /** Called when no verb was given. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show, lint, new or lock?");
  }
}
