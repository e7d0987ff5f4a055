// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.comparison.Comparison;
import dev.trailcam.analyzer.comparison.Expectations;
import dev.trailcam.analyzer.comparison.Side;
import dev.trailcam.analyzer.comparison.Verdict;
import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.report.DiffReport;
import dev.trailcam.analyzer.report.SavedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say what a change of rules gains and loses.",
    customSynopsis = {
      "trailcam diff [OPTION...] BASE HEAD CAPTURE...",
      "trailcam diff [OPTION...] --rules PATH BASE HEAD CAPTURE...",
      "trailcam diff [OPTION...] BASE.json HEAD.json"
    },
    description = {
      "",
      "Runs two sets of rules over the same captures and compares their findings by id: what is"
          + " gained, lost, told differently, unchanged. Lists, words and views beside the rules"
          + " count as part of them. With --rules, BASE and HEAD are git revisions of that path."
          + " Two saved results of replay can be compared as well.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam diff rules-old/ rules-new/ sample-captures",
      "  trailcam diff --rules queries main . sample-captures",
      "  trailcam diff --rules queries --format markdown origin/main HEAD corpus > comment.md",
      "  trailcam diff yesterday.json today.json",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    nothing was lost or gained, or just what --expect says",
      "  1    something was lost or gained that nobody expected, or the other way round",
      ExitCode.USAGE_HELP,
      "  3    a rule is broken, on either side",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class DiffCommand implements Verb {
  @Mixin private OutputOptions common;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description = "Rules as they were: file, directory or, with --rules, a revision.")
  private String base;

  @Parameters(
      index = "1",
      paramLabel = "HEAD",
      description =
          "Rules as they are. With --rules, '.' stands for the files as they lie there now.")
  private String head;

  @Parameters(index = "2..*", paramLabel = "CAPTURE", description = CommonOptions.CAPTURES)
  private List<String> captures = List.of();

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "Rule file or directory in a git repository of which BASE and HEAD are revisions.")
  private Path rules;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "YAML that says which rule is to gain and to lose how much, and why.")
  private Path expect;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "5",
      description = "Findings to show of each kind and rule. Default: 5.")
  private int examples;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result to a new file; an existing one is never overwritten.")
  private Path output;

  @Mixin private RuleEngineArguments engineArguments;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public OutputOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    if (examples < 0 || examples > 1000) {
      throw usage("--examples must be from 0 to 1000");
    }
    EngineOptions options = engineArguments.options();
    OutputFile.requireAbsent(output, spec);
    boolean saved = isSaved(base) && isSaved(head) && rules == null;
    if (saved != captures.isEmpty()) {
      throw usage(
          saved
              ? "two saved results are compared without captures: leave them out"
              : "name the captures to compare over, or two saved results that end in .json");
    }
    Expectations expectations = expect == null ? Expectations.NONE : expectations();
    Comparison comparison =
        saved
            ? Comparison.of(
                SavedResult.read(Path.of(base)), SavedResult.read(Path.of(head)), expectations)
            : replayed(expectations, options);
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            DiffReport.write(
                comparison, examples, common.format(), common.style(terminal, toTerminal), out));
    return exitCode(comparison);
  }

  private static boolean isSaved(String argument) {
    return argument.matches("(?s).*[.](json|ndjson|jsonl)");
  }

  private Expectations expectations() {
    try {
      return Expectations.read(expect);
    } catch (IOException e) {
      throw usage("--expect: " + e.getMessage());
    }
  }

  private Comparison replayed(Expectations expectations, EngineOptions options) {
    DiffSide before = side(base);
    DiffSide after = side(head);
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = NamedEvidence.open(captures, Selection.ALL, progress)) {
      Engine engine = new Engine(Version.text(), options, progress);
      return Comparison.of(
          replayed(engine, evidence.set(), before),
          replayed(engine, evidence.set(), after),
          expectations);
    }
  }

  private static Side replayed(Engine engine, CaptureSet evidence, DiffSide side) {
    return Side.of(side.label(), side.rules(), engine.replay(evidence, side.rules()));
  }

  private DiffSide side(String argument) {
    try {
      return rules == null ? DiffSide.of(Path.of(argument)) : DiffSide.of(rules, argument);
    } catch (DiffSide.NoSuchSideException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int exitCode(Comparison comparison) {
    if (!comparison.rulesRan()) {
      return ExitCode.RULE;
    }
    if (!comparison.doubts().isEmpty()) {
      return ExitCode.EVIDENCE;
    }
    return comparison.verdict() == Verdict.UNEXPECTED ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
