// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.ReplayReport;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Run detection rules over captures.",
    description = {
      "",
      "Every rule is run over everything that is intact. A file that is truncated, altered or"
          + " foreign is named and set aside, and the rest is analysed. Without a finding the"
          + " verdict is clean only if nothing is missing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam replay sample-captures",
      "  trailcam replay --fail-on high --format ndjson captures > findings.ndjson",
      "  trailcam replay --format markdown captures >> \"$GITHUB_STEP_SUMMARY\"",
      "  trailcam replay --suppressions suppressions.yml --fail-on high captures",
      "  trailcam replay --since 7d --project 'group/*' /srv/captures artifacts.zip",
      "  trailcam replay -r my_rule.sql -r team-rules/ runner-7-20261122T040300Z-3f9a1c2e",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything was looked at; findings change this only with --fail-on",
      "  1    a finding at or above --fail-on",
      ExitCode.USAGE_HELP,
      "  3    a rule or a suppression is broken; the others ran, the finding is not suppressed",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class ReplayCommand implements Verb {
  @Mixin private CommonOptions common;

  @Mixin private RulesOption rules;

  @Mixin private SuppressionsOption suppressions;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result to a new file; an existing one is never overwritten.")
  private Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description =
          "Exit with 1 if a finding that is not suppressed is at least: informational, low, medium,"
              + " high or critical.")
  private Severity failOn;

  @Mixin private RuleEngineArguments engineArguments;

  @Mixin private ClosingSummary summary;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions options = engineArguments.options();
    OutputFile.requireAbsent(output, spec);
    Optional<RuleSet> runnable = rules.runnable(terminal);
    if (runnable.isEmpty()) {
      return ExitCode.RULE;
    }
    RuleSet ruleSet = runnable.get();
    ReplayResult result;
    Engine engine;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      engine = new Engine(Version.text(), options, progress);
      summary.watch(terminal, common.quiet(), engine.statistics());
      result = evidence.narrow(engine.replay(evidence.set(), ruleSet, suppressions.set()));
    }
    write(result);
    summary.say(terminal, common.quiet(), engine.statistics());
    return ExitCode.of(result, failOn);
  }

  private void write(ReplayResult result) throws IOException {
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            ReplayReport.write(
                result,
                suppressions.shown(),
                common.format(),
                common.style(terminal, toTerminal),
                out));
    // The table says it where it is read; whoever pipes JSON away would not see it.
    if (common.format() != Format.TABLE || output != null) {
      terminal.say(result.evidenceProblems());
      for (RuleProblem problem : result.ruleProblems()) {
        terminal.say(problem.toString());
      }
      SuppressionsOption.say(result.suppressions(), terminal);
    }
  }
}
