// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.report.EvidenceReport;
import dev.trailcam.analyzer.report.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Check captures against their manifests.",
    description = {
      "",
      "Compares every segment's size and hash with the manifest, the manifest's chain of hashes,"
          + " its counts and its end, and looks for files that nothing vouches for. Reads no"
          + " Parquet. Whoever knows the chain head from elsewhere can prove that nothing was cut"
          + " off or replaced: compare it with what is printed.",
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
    CaptureSet set;
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      set = evidence.set();
      evidence.sayLeftOut(terminal);
    }
    EvidenceReport.verify(
        set, format, common.style(terminal, terminal.outIsTerminal()), terminal.out());
    return set.whole() ? ExitCode.FINE : ExitCode.EVIDENCE;
  }
}
