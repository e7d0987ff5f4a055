// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineException;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.HuntQuestion;
import dev.trailcam.analyzer.engine.HuntState;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.findings.HuntResult;
import dev.trailcam.analyzer.findings.HuntResult.FailedPair;
import dev.trailcam.analyzer.hunt.Hunt;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.HuntReport;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "hunt",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Judge a store again and again; say only what is new.",
    description = {
      "",
      "Runs a new or changed rule over all captures of the store and every rule over new captures,"
          + " and nothing twice: the state remembers what was judged and what was found. A run that"
          + " is killed goes on where it was. What could not be judged is listed and tried again in"
          + " every run. Options that select captures say which are looked at, with all of their"
          + " boot; what was found elsewhere is counted and stays untold until a run asks for it."
          + " docs/retro-hunts.md says how to run it every night.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam hunt /srv/captures --state hunt.state",
      "  trailcam hunt --state hunt.state --fail-on high --format markdown /srv/captures",
      "  trailcam hunt --state hunt.state --suppressions suppressions.yml --fail-on high /srv",
      "  trailcam hunt --state ci.state --since 30d --project 'group/*' /srv/captures",
      "  trailcam hunt --state hunt.state --all --format ndjson -o all.ndjson /srv/captures",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything was looked at; findings change this only with --fail-on",
      "  1    a new finding at or above --fail-on",
      ExitCode.USAGE_HELP,
      "  3    a rule or a suppression is broken; the others ran, the finding is not suppressed",
      ExitCode.EVIDENCE_HELP + ", the state cannot be used, or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class HuntCommand implements Verb {
  @Parameters(
      paramLabel = "STORE",
      arity = "1..*",
      description = "Directory that holds captures at any depth, archive of them, or capture.")
  private List<String> stores;

  @Option(
      names = "--state",
      required = true,
      paramLabel = "FILE",
      description =
          "What is remembered between runs; begun if it is not there. It holds what was executed:"
              + " keep it as private as the captures.")
  private Path stateFile;

  @Option(
      names = "--all",
      description = "Tell known and resolved findings in full, too, and not only new ones.")
  private boolean all;

  @Mixin private OutputOptions display;

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
          "Exit with 1 if a new finding that is not suppressed is at least: informational, low,"
              + " medium, high or critical.")
  private Severity failOn;

  @Mixin private SelectionOptions selection;

  @Mixin private RuleEngineArguments engineArguments;

  @Mixin private ClosingSummary summary;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  HuntCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return display;
  }

  @Override
  public Integer call() throws IOException {
    RuleEngineArguments.Shares shares = engineArguments.shares();
    EngineOptions options = shares.rules();
    Selection wanted = selection.selection(Instant.now());
    OutputFile.requireAbsent(output, spec);
    Optional<RuleSet> runnable = rules.runnable(terminal);
    if (runnable.isEmpty()) {
      return ExitCode.RULE;
    }
    RuleSet ruleSet = runnable.get();
    try (HuntState state = HuntState.open(stateFile, shares.books())) {
      HuntResult result;
      Engine engine;
      try (ProgressLine progress = new ProgressLine(terminal, display.quiet())) {
        engine = new Engine(Version.text(), options, progress);
        summary.watch(terminal, display.quiet(), engine.statistics());
        result =
            new Hunt(Version.text(), engine, progress, state)
                .run(
                    stores,
                    wanted,
                    new HuntQuestion(ruleSet, all, suppressions.set(), options.ruleTimeout()));
      }
      write(result);
      // Not before: what nobody was told is still new.
      state.finish(result.run());
      try {
        state.fold();
      } catch (EngineException e) {
        // Everything is told and kept; the next run tries again.
        terminal.say("the log of the state was not folded into it: " + e.getMessage());
      }
      summary.say(terminal, display.quiet(), engine.statistics());
      return exitCode(result);
    }
  }

  private void write(HuntResult result) throws IOException {
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            HuntReport.write(
                result,
                suppressions.shown(),
                display.format(),
                display.style(terminal, toTerminal),
                out));
    if (output == null) {
      terminal.out().flush();
      if (terminal.out().checkError()) {
        throw new IOException("the output could not be written whole; run again to have it");
      }
    }
    // The table says it where it is read; whoever pipes JSON away would not see it.
    if (display.format() != Format.TABLE || output != null) {
      terminal.say(result.problems());
      for (RuleProblem problem : result.ruleProblems()) {
        terminal.say(problem.toString());
      }
      for (FailedPair pair : result.failed()) {
        terminal.say(
            pair.ruleId()
                + " is to be tried again over capture "
                + pair.captureId()
                + ": "
                + pair.message());
      }
      SuppressionsOption.say(result.findings().suppressions(), terminal);
    }
  }

  private int exitCode(HuntResult result) {
    if (!result.ruleProblems().isEmpty()
        || SuppressionsOption.broken(result.findings().suppressions())) {
      return ExitCode.RULE;
    }
    if (!result.complete()) {
      return ExitCode.EVIDENCE;
    }
    return failOn != null && result.newAtLeast(failOn) ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
