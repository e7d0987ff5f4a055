// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.Glyphs;
import dev.trailcam.analyzer.report.TimelineReport;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.timeline.ProcessFilter;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.TimelineRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "timeline",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show what happened in order of time, whole or around a finding.",
    description = {
      "",
      "Executions, failed executions, raw sockets, ends of processes, begin and end of recordings and"
          + " of what is missing, of all captures in one order. What is missing comes first."
          + " Without --around or --unfold the time is counted in parts of equal length. What is"
          + " not shown is counted.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam timeline sample-captures/man-in-the-middle",
      "  trailcam timeline --around 6c129275 --context 30s captures",
      "  trailcam timeline --bucket 1h --since 7d --user 0 captures",
      "  trailcam timeline --unfold --format ndjson captures > events.ndjson",
      "",
      "Exit codes (3 beats 4):",
      ExitCode.WHOLE_HELP,
      "  2    usage; there is no such finding or execution",
      "  3    a rule is broken; the others ran",
      ExitCode.EVIDENCE_HELP + ", or the run itself failed",
      ExitCode.INTERRUPTED_HELP
    })
final class TimelineCommand implements Verb {
  private static final int MAX_NAMED = 10;

  @Mixin private CommonOptions common;

  @Mixin private FindingsOption findings;

  @Option(
      names = "--around",
      paramLabel = "ID",
      description =
          "Only what happened around this finding or execution, event by event: at least the first"
              + " 6 digits of the finding's id or of its exec_id.")
  private String around;

  @Option(
      names = "--context",
      paramLabel = "TIME",
      description = "With --around: so long before and after it. Default: 30s.")
  private String context;

  @Option(names = "--unfold", description = "Show the whole time event by event.")
  private boolean unfold;

  @Option(
      names = "--bucket",
      paramLabel = "TIME",
      description = "Length of the parts to count in, such as 10s. Default: what fits a screen.")
  private String bucket;

  @Mixin private ProcessOptions processes;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Show N events at most, those nearest to --around or else the earliest, or N parts of"
              + " time; up to 100000. The others are counted. Default: 1000, for json and ndjson"
              + " 20000.")
  private Integer limit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result to a new file; an existing one is never overwritten.")
  private Path output;

  @Mixin private RuleEngineArguments engineArguments;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  TimelineCommand(Terminal terminal) {
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
    TimelineRequest.Shape shape = shape(format);
    ProcessFilter filter = processes.filter();
    long contextNs = length("--context", context == null ? "30s" : context);
    OutputFile.requireAbsent(output, spec);
    Optional<RuleSet> rules = findings.runnable(terminal);
    if (rules.isEmpty() && !findings.none()) {
      return ExitCode.RULE;
    }
    Optional<ReplayResult> replayed;
    Timeline timeline;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      evidence.sayLeftOut(terminal);
      Engine engine = new Engine(Version.text(), options, progress);
      replayed = findings.replay(engine, evidence, rules);
      List<Finding> found = replayed.map(ReplayResult::findings).orElse(List.of());
      List<String> executions = executions(found);
      if (executions.size() > 1) {
        return several(executions);
      }
      String execId = executions.isEmpty() ? around : executions.get(0);
      TimelineRequest request =
          new TimelineRequest(
              evidence.fromNs(),
              evidence.toNs(),
              Optional.ofNullable(execId).map(id -> new TimelineRequest.Around(id, contextNs)),
              filter,
              shape);
      timeline = engine.timeline(evidence.set(), found, request);
    }
    if (around != null && timeline.centres().size() != 1) {
      return noCentre(timeline);
    }
    long elsewhere =
        replayed.map(result -> (long) result.findings().size()).orElse(0L)
            - timeline.findings().size();
    OutputFile.writeTo(
        output,
        terminal,
        (out, toTerminal) ->
            TimelineReport.write(
                timeline,
                elsewhere,
                format,
                common.style(terminal, toTerminal),
                toTerminal ? terminal.glyphs() : Glyphs.UNICODE,
                out));
    return FindingsOption.exitCode(replayed, timeline.evidenceWhole(), terminal);
  }

  /** Those of the findings that were meant; none where it may be an execution without any. */
  private List<String> executions(List<Finding> found) {
    return around == null
        ? List.of()
        : FindingChoice.of(found, around).stream()
            .map(finding -> finding.execution().execId())
            .distinct()
            .toList();
  }

  private int several(List<String> executions) {
    terminal.say(
        "several executions fit "
            + around
            + "; give more digits: "
            + executions.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")));
    return ExitCode.USAGE;
  }

  private int noCentre(Timeline timeline) {
    terminal.say(timeline.evidenceProblems());
    boolean whole = timeline.evidenceWhole();
    if (timeline.centres().isEmpty()) {
      terminal.say(
          "there is no such finding or execution: "
              + around
              + (whole ? "" : "; the evidence is incomplete"));
      return whole ? ExitCode.USAGE : ExitCode.EVIDENCE;
    }
    return several(timeline.centres().stream().map(Timeline.Centre::execId).toList());
  }

  private TimelineRequest.Shape shape(Format format) {
    int lines = ShownLines.of(limit, format, spec);
    if (context != null && around == null) {
      throw usage("--context needs --around");
    }
    if (around != null && !FindingChoice.isId(around)) {
      throw usage("--around must be 6 to 32 hexadecimal digits, as findings show them");
    }
    if (bucket != null && (around != null || unfold)) {
      throw usage("--bucket and " + (unfold ? "--unfold" : "--around") + " exclude each other");
    }
    if (around != null || unfold) {
      return new TimelineRequest.EachEvent(lines);
    }
    return new TimelineRequest.InParts(
        bucket == null ? OptionalLong.empty() : OptionalLong.of(length("--bucket", bucket)), lines);
  }

  private long length(String option, String text) {
    try {
      return TimeArgument.length(text);
    } catch (IllegalArgumentException e) {
      throw usage(option + " " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
