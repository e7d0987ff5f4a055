// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.ReplayReport;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.Severity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "  trailcam replay --since 7d --project 'group/*' /srv/captures artifacts.zip",
      "  trailcam replay -r my_rule.sql -r team-rules/ runner-7-20261122T040300Z-3f9a1c2e",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything was looked at; findings change this only with --fail-on",
      "  1    a finding at or above --fail-on",
      ExitCode.USAGE_HELP,
      "  3    a rule is broken; the others ran",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class ReplayCommand implements Verb {
  @Mixin private CommonOptions common;

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
          "Exit with 1 if a finding is at least: informational, low, medium, high or critical.")
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
          "How long one rule may run before it is stopped and counts as broken; the others are not"
              + " affected. Default: 600.")
  private int ruleTimeout;

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
    requireSensible();
    RuleSet ruleSet = rules.set();
    if (ruleSet.rules().isEmpty()) {
      ruleSet.problems().forEach(problem -> terminal.say(problem.toString()));
      terminal.say("no rule can run; mend the above or name others with --rules");
      return ExitCode.RULE;
    }
    ReplayResult result;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      Engine engine = new Engine(Version.text(), options(), progress);
      result = evidence.narrow(engine.replay(evidence.set(), ruleSet));
    }
    write(result);
    return exitCode(result);
  }

  private EngineOptions options() {
    return new EngineOptions(threads, memory, Duration.ofSeconds(ruleTimeout));
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

  private void write(ReplayResult result) throws IOException {
    if (output == null) {
      ReplayReport.write(
          result,
          common.format(),
          common.style(terminal, terminal.outIsTerminal()),
          terminal.out());
    } else {
      new OutputFile(output)
          .write(
              out ->
                  ReplayReport.write(result, common.format(), common.style(terminal, false), out));
    }
    // The table says it where it is read; whoever pipes JSON away would not see it.
    if (common.format() != Format.TABLE || output != null) {
      for (EvidenceProblem problem : result.evidenceProblems()) {
        terminal.say(problem.path() + ": " + problem.message());
      }
      for (RuleProblem problem : result.ruleProblems()) {
        terminal.say(problem.toString());
      }
    }
  }

  private int exitCode(ReplayResult result) {
    if (!result.ruleProblems().isEmpty()) {
      return ExitCode.RULE;
    }
    if (!result.evidenceWhole()) {
      return ExitCode.EVIDENCE;
    }
    boolean bad =
        failOn != null
            && result.findings().stream()
                .anyMatch(finding -> finding.severity().compareTo(failOn) >= 0);
    return bad ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
