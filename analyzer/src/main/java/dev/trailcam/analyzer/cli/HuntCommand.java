// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.HuntState;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
          + " every run. docs/retro-hunts.md says how to run it every night.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam hunt /srv/captures --state hunt.state",
      "  trailcam hunt --state hunt.state --fail-on high --format markdown /srv/captures",
      "  trailcam hunt --state hunt.state --all --format ndjson -o all.ndjson /srv/captures",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything was looked at; findings change this only with --fail-on",
      "  1    a new finding at or above --fail-on",
      ExitCode.USAGE_HELP,
      "  3    a rule is broken; the others ran",
      ExitCode.EVIDENCE_HELP + ", the state cannot be used, or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class HuntCommand implements Verb {
  /** The books are small, and one thread keeps their order. */
  private static final EngineOptions BOOKS = new EngineOptions(1, "512MB");

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

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result to a new file; an existing one is never overwritten.")
  private Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description =
          "Exit with 1 if a new finding is at least: informational, low, medium, high or critical.")
  private Severity failOn;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads to work with. Default: as many as there are processors.")
  private int threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "",
      description =
          "Memory for the SQL engine before it spills to disk, such as 4GB. Default: most of the"
              + " machine's.")
  private String memory;

  @Option(
      names = "--rule-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long one rule may run over one batch of captures before it is stopped; it is tried"
              + " again in the next run. Default: 600.")
  private int ruleTimeout;

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
    requireSensible();
    RuleSet ruleSet = rules.set();
    if (ruleSet.rules().isEmpty()) {
      ruleSet.problems().forEach(problem -> terminal.say(problem.toString()));
      terminal.say("no rule can run; mend the above or name others with --rules");
      return ExitCode.RULE;
    }
    EngineOptions options = new EngineOptions(threads, memory, Duration.ofSeconds(ruleTimeout));
    try (HuntState state = HuntState.open(stateFile, BOOKS)) {
      HuntResult result;
      try (ProgressLine progress = new ProgressLine(terminal, display.quiet())) {
        Engine engine = new Engine(Version.text(), options, progress);
        result =
            new Hunt(Version.text(), engine, progress, state)
                .run(stores, Selection.ALL, ruleSet, all);
      }
      write(result);
      // Not before: what nobody was told is still new.
      state.finish(result.run());
      return exitCode(result);
    }
  }

  private void requireSensible() {
    if (threads < 0 || threads > 1024) {
      throw usage("--threads must be from 1 to 1024");
    }
    if (ruleTimeout < 1 || ruleTimeout > 86_400) {
      throw usage("--rule-timeout must be from 1 to 86400 seconds");
    }
    if (!memory.matches("(|[1-9][0-9]{0,8}([.][0-9]{1,3})?(KB|MB|GB|TB|KiB|MiB|GiB|TiB))")) {
      throw usage("--memory must be a number with a unit, such as 512MB or 4GB");
    }
    if (output != null) {
      try {
        new OutputFile(output).requireAbsent();
      } catch (FileAlreadyExistsException e) {
        throw usage("--output: " + output + " exists already; remove it or choose another name");
      } catch (IOException e) {
        throw usage("--output: " + e.getMessage());
      }
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void write(HuntResult result) throws IOException {
    if (output == null) {
      HuntReport.write(
          result,
          display.format(),
          display.style(terminal, terminal.outIsTerminal()),
          terminal.out());
      terminal.out().flush();
      if (terminal.out().checkError()) {
        throw new IOException("the output could not be written whole; run again to have it");
      }
    } else {
      new OutputFile(output)
          .write(
              out ->
                  HuntReport.write(result, display.format(), display.style(terminal, false), out));
    }
    // The table says it where it is read; whoever pipes JSON away would not see it.
    if (display.format() != Format.TABLE || output != null) {
      for (EvidenceProblem problem : result.problems()) {
        terminal.say(problem.path() + ": " + problem.message());
      }
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
    }
  }

  private int exitCode(HuntResult result) {
    if (!result.ruleProblems().isEmpty()) {
      return ExitCode.RULE;
    }
    if (!result.complete()) {
      return ExitCode.EVIDENCE;
    }
    return failOn != null && result.newAtLeast(failOn) ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
