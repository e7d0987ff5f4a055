// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.Glyphs;
import dev.trailcam.analyzer.report.TreeReport;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.timeline.ProcessFilter;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.Shape;
import dev.trailcam.analyzer.tree.TreeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "tree",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show processes as a tree, with their findings.",
    description = {
      "",
      "Processes of captures below those that started them, across fork, exec and exit, with what is"
          + " missing first. Whose child a process is was observed, is inferred, or is missing."
          + " Siblings that ran the same are folded into one line, unless there is a finding about"
          + " them or below them. What is selected is shown with its ancestors.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam tree sample-captures/man-in-the-middle",
      "  trailcam tree --finding 6c129275 captures",
      "  trailcam tree --program 'curl*' --user 0 --since 2h captures",
      "  trailcam tree --no-findings --format ndjson captures > tree.ndjson",
      "",
      "Exit codes (3 beats 4):",
      ExitCode.WHOLE_HELP,
      "  2    usage; there is no such process or finding",
      "  3    a rule is broken; the others ran",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class TreeCommand implements Verb {
  private static final int MAX_DEPTH = 1000;

  @Mixin private CommonOptions common;

  @Mixin private FindingsOption findings;

  @Mixin private ProcessOptions processes;

  @Option(
      names = "--finding",
      paramLabel = "ID",
      description =
          "Only the process of this finding, with all that descends from it: at least the first 6"
              + " digits of the finding's id or of its exec_id.")
  private String finding;

  @Option(names = "--unfold", description = "Give each process a line of its own.")
  private boolean unfold;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Show N levels at most, from 1 to 1000; what is below is counted. Default: 100.")
  private int depth;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Show N processes or folds at most, up to 100000; the others are counted. Findings come"
              + " first. Default: 1000, for json and ndjson 20000.")
  private Integer limit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result to a new file; an existing one is never overwritten.")
  private Path output;

  @Mixin private RuleEngineArguments engineArguments;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  TreeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    Format format = common.formatOfEvidence();
    EngineOptions options = engineArguments.options();
    Shape shape = shape(format);
    ProcessFilter wanted = processes.filter();
    String process = processes.process();
    requireFinding();
    OutputFile.requireAbsent(output, spec);
    Optional<RuleSet> rules = findings.runnable(terminal);
    if (rules.isEmpty() && !findings.none()) {
      return ExitCode.RULE;
    }
    Optional<ReplayResult> replayed;
    List<Finding> found;
    ProcessTree tree;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      evidence.sayLeftOut(terminal);
      Engine engine = new Engine(Version.text(), options, progress);
      replayed = findings.replay(engine, evidence, rules);
      found = replayed.map(ReplayResult::findings).orElse(List.of());
      TreeRequest request =
          new TreeRequest(
              evidence.fromNs(),
              evidence.toNs(),
              processIds(found),
              wanted.pid(),
              process != null || finding != null,
              wanted.uid(),
              wanted.program(),
              shape);
      tree = engine.tree(evidence.set(), found, request);
    }
    if (!tree.focused()) {
      terminal.say(tree.evidenceProblems());
      terminal.say(
          "there is no such "
              + (finding == null ? "process: " + process : "finding: " + finding)
              + (tree.evidenceWhole() ? "" : "; the evidence is incomplete"));
      return tree.evidenceWhole() ? ExitCode.USAGE : ExitCode.EVIDENCE;
    }
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            TreeReport.write(
                tree,
                found,
                format,
                common.style(terminal, toTerminal),
                toTerminal ? terminal.glyphs() : Glyphs.UNICODE,
                out));
    return FindingsOption.exitCode(replayed, tree.evidenceWhole(), terminal);
  }

  private List<String> processIds(List<Finding> found) {
    List<String> ids = new ArrayList<>();
    processes.processId().ifPresent(ids::add);
    if (finding != null) {
      FindingChoice.of(found, finding).forEach(one -> ids.add(one.execution().processId()));
    }
    return ids.stream().distinct().toList();
  }

  private Shape shape(Format format) {
    int lines = ShownLines.of(limit, format, spec);
    if (depth < 1 || depth > MAX_DEPTH) {
      throw usage("--depth must be from 1 to " + MAX_DEPTH);
    }
    return new Shape(!unfold, depth, lines, processes.process() != null || finding != null);
  }

  private void requireFinding() {
    if (finding == null) {
      return;
    }
    if (findings.none() || processes.process() != null) {
      throw usage(
          "--finding and "
              + (processes.process() == null ? "--no-findings" : "--process")
              + " exclude each other");
    }
    if (!FindingChoice.isId(finding)) {
      throw usage("--finding must be 6 to 32 hexadecimal digits, as findings show them");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
