// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.activity.ActivityScope;
import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.report.CiLinks;
import dev.trailcam.analyzer.report.HtmlActivity;
import dev.trailcam.analyzer.report.HtmlReport;
import dev.trailcam.analyzer.report.TerminalText;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.Severity;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.Shape;
import dev.trailcam.analyzer.tree.TreeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Write what was found and what ran as one HTML file.",
    description = {
      "",
      "The file needs nothing but a browser: it fetches nothing and sends nothing. It has the"
          + " verdict and what is missing, the findings with what to do and their evidence, the"
          + " processes as a tree, a time line, the CI context, and how to verify all that.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam report -o report.html sample-captures/man-in-the-middle",
      "  trailcam report -o report.html --suppressions suppressions.yml captures",
      "  trailcam report -o report.html --ci-server https://git.example.org artifacts.zip",
      "  trailcam report -o report.html --limit 20000 --since 7d --host 'runner-*' /srv/captures",
      "",
      "Exit codes (3 beats 4 beats 1):",
      "  0    everything was looked at; findings change this only with --fail-on",
      "  1    a finding at or above --fail-on",
      ExitCode.USAGE_HELP,
      "  3    a rule or a suppression is broken; the file says so and has the rest",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class ReportCommand implements Verb {
  private static final int MAX_LIMIT = 200_000;

  /** Many processes execute nothing; those above the ones that do must fit. */
  private static final int PROCESSES_PER_EXECUTION = 2;

  @Mixin private DisplayOptions common;

  @Parameters(paramLabel = "CAPTURE", arity = "1..*", description = CommonOptions.CAPTURES)
  private List<String> captures;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to a new file; an existing one is never overwritten. Default: standard output,"
              + " unless that is a terminal.")
  private Path output;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Executions in the file, from 1 to 200000, as many events of each other kind and twice as"
              + " many processes. Of more, those nearest in time to a finding are taken, or the"
              + " earliest; the file says so and counts all. Default: 100000.")
  private int limit;

  @Option(
      names = "--ci-server",
      paramLabel = "URL",
      description =
          "Where links to commits, runs and pull requests lead, such as https://git.example.org."
              + " Default: github.com or gitlab.com, by the provider of the capture.")
  private String ciServer;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes on standard error; errors stay.")
  private boolean quiet;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description =
          "Exit with 1 if a finding that is not suppressed is at least: informational, low, medium,"
              + " high or critical.")
  private Severity failOn;

  @Mixin private SelectionOptions selection;

  @Mixin private RulesOption rules;

  @Mixin private SuppressionsOption suppressions;

  @Mixin private RuleEngineArguments engineArguments;

  @Mixin private ClosingSummary summary;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public DisplayOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions options = engineArguments.options();
    CiLinks links = links();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw usage("--limit must be from 1 to " + MAX_LIMIT);
    }
    if (output == null && terminal.outIsTerminal()) {
      throw usage("the file is for a browser: name one with -o report.html");
    }
    OutputFile.requireAbsent(output, spec);
    Optional<RuleSet> runnable = rules.runnable(terminal);
    if (runnable.isEmpty()) {
      return ExitCode.RULE;
    }
    Selection wanted = selection.selection(Instant.now());
    HtmlActivity activity = new HtmlActivity();
    ReplayResult result;
    ProcessTree tree;
    Engine engine;
    try (ProgressLine progress = new ProgressLine(terminal, quiet);
        NamedEvidence evidence = NamedEvidence.open(captures, wanted, progress)) {
      engine = new Engine(Version.text(), options, progress);
      summary.watch(terminal, quiet, engine.statistics());
      ReplayResult found =
          evidence.narrow(engine.replay(evidence.set(), runnable.get(), suppressions.set()));
      // The evidence is counted once, however often it is read.
      Engine again = new Engine(Version.text(), options, progress);
      List<Capture> told = again.activity(evidence.set(), scope(found, evidence), activity);
      tree = again.tree(evidence.set(), found.findings(), processes(activity, evidence));
      result = found.with(told).with(tree.captures());
    }
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            HtmlReport.write(result, activity, tree, links, commands(wanted), out));
    say(result);
    summary.say(terminal, quiet, engine.statistics());
    return ExitCode.of(result, failOn);
  }

  private ActivityScope scope(ReplayResult result, NamedEvidence evidence) {
    return new ActivityScope(
        evidence.fromNs(),
        evidence.toNs(),
        result.findings().stream().map(finding -> finding.execution().tsNs()).toList(),
        limit);
  }

  /** Those that executed what is in the page, before others. */
  private TreeRequest processes(HtmlActivity activity, NamedEvidence evidence) {
    return new TreeRequest(
        evidence.fromNs(),
        evidence.toNs(),
        activity.processIds(),
        OptionalInt.empty(),
        false,
        OptionalLong.empty(),
        Optional.empty(),
        new Shape(false, Integer.MAX_VALUE, PROCESSES_PER_EXECUTION * limit, false));
  }

  private CiLinks links() {
    try {
      return ciServer == null ? new CiLinks(Optional.empty()) : CiLinks.of(ciServer);
    } catch (IllegalArgumentException e) {
      throw usage("--ci-server " + e.getMessage());
    }
  }

  /** What gives the same result again, with times as they were understood. */
  private List<String> commands(Selection wanted) {
    List<String> replay = new ArrayList<>(List.of("trailcam", "replay"));
    replay.addAll(rules.arguments());
    replay.addAll(suppressions.arguments());
    replay.addAll(SelectionOptions.arguments(wanted));
    List<String> verify = new ArrayList<>(List.of("trailcam", "verify"));
    verify.addAll(SelectionOptions.arguments(wanted));
    for (List<String> command : List.of(verify, replay)) {
      command.add("--");
      command.addAll(captures);
    }
    return List.of(TerminalText.shell(verify), TerminalText.shell(replay));
  }

  private void say(ReplayResult result) {
    terminal.say(result.evidenceProblems());
    for (RuleProblem problem : result.ruleProblems()) {
      terminal.say(problem.toString());
    }
    SuppressionsOption.say(result.suppressions(), terminal);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
