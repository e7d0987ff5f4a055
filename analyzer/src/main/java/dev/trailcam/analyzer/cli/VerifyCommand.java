// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.compaction.RowCheck;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedDirectory;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.report.EvidenceReport;
import dev.trailcam.analyzer.report.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Check captures against their manifests.",
    description = {
      "",
      "Compares every segment's size and hash with the manifest, the manifest's chain of hashes,"
          + " its counts and its end, and looks for files that nothing vouches for. Whoever knows"
          + " the chain head from elsewhere can prove that nothing was cut off or replaced: compare"
          + " it with what is printed. Of captures alone it reads no Parquet; of compacted ones it"
          + " reads every row, and compares what they say with what was recorded when they were"
          + " taken.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam verify runner-7-20261122T040300Z-3f9a1c2e",
      "  trailcam verify --format json /var/lib/trailcam | jq .intact",
      "",
      "Exit codes:",
      ExitCode.WHOLE_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.EVIDENCE_HELP,
      ExitCode.INTERRUPTED_HELP
    })
final class VerifyCommand implements Verb {
  @Mixin private CommonOptions common;

  @Option(
      names = "--originals",
      paramLabel = "STORE",
      description =
          "Captures that were compacted, as far as they are still there: their manifests and what"
              + " their rows say are compared as well. Repeatable.")
  private List<Path> originals = List.of();

  private final Terminal terminal;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    Format format = common.formatOfEvidence();
    List<CompactedDirectory> directories;
    CaptureSet set;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      directories = CompactedDirectory.find(evidence.compactions());
      set = withRows(evidence.set(), directories, progress);
      evidence.sayLeftOut(terminal);
    }
    EvidenceReport.verify(
        set, directories, format, common.style(terminal, terminal.outIsTerminal()), terminal.out());
    return set.whole() ? ExitCode.FINE : ExitCode.EVIDENCE;
  }

  /** The same with what reading the rows of compacted captures brings up. */
  private CaptureSet withRows(
      CaptureSet set, List<CompactedDirectory> directories, ProgressLine progress) {
    if (directories.isEmpty() && originals.isEmpty()) {
      return set;
    }
    List<EvidenceProblem> problems = new ArrayList<>();
    try (RowCheck check = new RowCheck(EngineOptions.DEFAULT, progress)) {
      directories.forEach(directory -> problems.addAll(check.compacted(directory)));
      if (!originals.isEmpty()) {
        CaptureSet known =
            CaptureSet.open(originals, name -> progress.at("checking " + name, 0, 0));
        RowCheck.Comparison comparison = check.originals(directories, known);
        problems.addAll(known.problems());
        problems.addAll(comparison.problems());
        if (!common.quiet()) {
          terminal.say(
              comparison.compared()
                  + " captures compared with their originals; of "
                  + comparison.gone()
                  + " there is none any more");
        }
      }
    }
    return set.with(problems);
  }
}
