// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.report.CompareReport;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say what a run did that earlier runs never did.",
    description = {
      "",
      "Findings, programs, which program started which, arguments, working directories and users that"
          + " HEAD has and no capture of BASE has, rarest first, with what started them and the"
          + " commit. Temporary names, versions, hashes, process ids and high ports make no"
          + " difference. A capture that is in both counts as HEAD.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam compare runs/4709 runs/4710 --head runs/4711",
      "  trailcam compare runs --head runs/4711 --format markdown > comment.md",
      "  trailcam compare runs --head runs/4711 --fail-on high",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything was looked at; what is new changes this only with --fail-on",
      "  1    a finding that is new, at or above --fail-on",
      ExitCode.USAGE_HELP,
      "  3    a rule or a suppression is broken; the others ran",
      ExitCode.EVIDENCE_HELP + ", on either side",
      ExitCode.INTERRUPTED_HELP
    })
final class CompareCommand implements Verb {
  private static final int MAX_LIMIT = 10_000;
  private static final int MAX_RUNS = 1_000_000;

  @Mixin private OutputOptions common;

  @Parameters(
      paramLabel = "BASE",
      arity = "1..*",
      description = "Earlier runs, each a capture. " + CommonOptions.CAPTURES)
  private List<String> base;

  @Option(
      names = "--head",
      required = true,
      paramLabel = "HEAD",
      description = "The run to look at, named likewise.")
  private String head;

  @Option(
      names = "--seen-in",
      paramLabel = "N",
      defaultValue = "0",
      description = "Tell also of what up to N runs of the base did. Default: 0.")
  private int seenIn;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Things to tell of each sort; how many there are is always told. Default: 20.")
  private int limit;

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
          "Exit with 1 if a finding that is new and open is at least: informational, low, medium,"
              + " high or critical.")
  private Severity failOn;

  @Mixin private RuleEngineArguments engineArguments;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public OutputOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    within("--limit", limit, 1, MAX_LIMIT);
    within("--seen-in", seenIn, 0, MAX_RUNS);
    EngineOptions options = engineArguments.options();
    OutputFile.requireAbsent(output, spec);
    Optional<RuleSet> runnable = rules.runnable(terminal);
    if (runnable.isEmpty()) {
      return ExitCode.RULE;
    }
    RuleSet ruleSet = runnable.get();
    Novelty novelty = compare(ruleSet, options);
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            CompareReport.write(
                novelty,
                suppressions.shown(),
                common.format(),
                common.style(terminal, toTerminal),
                out));
    SuppressionsOption.say(novelty.suppressions(), terminal);
    novelty.ruleProblems().forEach(problem -> terminal.say(problem.toString()));
    // The table says it where it is read; whoever pipes JSON away would not see it.
    if (common.format() != Format.TABLE || output != null) {
      terminal.say(novelty.base().problems());
      terminal.say(novelty.head().problems());
    }
    return exitCode(novelty);
  }

  private Novelty compare(RuleSet ruleSet, EngineOptions options) {
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence after = NamedEvidence.open(List.of(head), Selection.ALL, progress);
        NamedEvidence before = NamedEvidence.open(base, Selection.ALL, progress)) {
      return new Engine(Version.text(), options, progress)
          .compare(
              without(before.set(), after.set()),
              after.set(),
              ruleSet,
              suppressions.set(),
              seenIn,
              limit);
    }
  }

  /** The head often lies among the runs it is compared with, and must not make itself known. */
  private static CaptureSet without(CaptureSet base, CaptureSet head) {
    Set<String> ids = head.captures().stream().map(Capture::id).collect(Collectors.toSet());
    return new CaptureSet(
        base.captures().stream().filter(capture -> !ids.contains(capture.id())).toList(),
        base.problems());
  }

  private void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " must be from " + least + " to " + most);
    }
  }

  private int exitCode(Novelty novelty) {
    if (!novelty.ruleProblems().isEmpty() || SuppressionsOption.broken(novelty.suppressions())) {
      return ExitCode.RULE;
    }
    if (!novelty.certain()) {
      return ExitCode.EVIDENCE;
    }
    boolean bad =
        failOn != null
            && novelty.findings().told().stream()
                .anyMatch(told -> told.finding().severity().compareTo(failOn) >= 0);
    return bad ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
