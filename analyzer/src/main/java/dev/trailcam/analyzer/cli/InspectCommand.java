// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.Inspection;
import dev.trailcam.analyzer.report.EvidenceReport;
import dev.trailcam.analyzer.report.Format;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say what captures hold.",
    description = {
      "",
      "Who recorded what, where and when; how much; why it ended; what was lost; which programs,"
          + " directories and users ran most, what ran once only, and when; whether it is intact.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam inspect runner-7-20261122T040300Z-3f9a1c2e",
      "  trailcam inspect --format json captures | jq '.captures[].executions'",
      "",
      "Exit codes:",
      ExitCode.WHOLE_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.EVIDENCE_HELP,
      ExitCode.INTERRUPTED_HELP
    })
final class InspectCommand implements Verb {
  @Mixin private CommonOptions common;

  @Mixin private EngineArguments engineArguments;

  private final Terminal terminal;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    Format format = common.formatOfEvidence();
    EngineOptions options = engineArguments.options();
    CaptureSet set;
    List<Inspection> inspections;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      set = evidence.set();
      evidence.sayLeftOut(terminal);
      inspections = new Engine(Version.text(), options, progress).inspect(set);
    }
    EvidenceReport.inspect(
        inspections,
        set.problems(),
        format,
        common.style(terminal, terminal.outIsTerminal()),
        terminal.glyphs(),
        terminal.out());
    boolean whole =
        set.whole() && inspections.stream().allMatch(inspection -> inspection.capture().whole());
    return whole ? ExitCode.FINE : ExitCode.EVIDENCE;
  }
}
