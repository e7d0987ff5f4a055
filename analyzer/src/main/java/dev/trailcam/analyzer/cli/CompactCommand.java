// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.compaction.CompactionResult;
import dev.trailcam.analyzer.compaction.Compactor;
import dev.trailcam.analyzer.compaction.Period;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.report.CompactionReport;
import dev.trailcam.analyzer.report.Format;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Put many small captures into a few large files.",
    description = {
      "",
      "Writes a new directory for each period in which captures began. It keeps the whole manifest"
          + " of each, every row in its order, and a hash of what the rows of each segment say; it"
          + " reads like the captures it was made of, at the speed of one. The captures themselves"
          + " are not touched. One that is damaged, unfinished or unreadable is not taken but"
          + " named, here and in the new directory; docs/compaction.md says what can be proved"
          + " before and after the captures are deleted.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  trailcam compact -o /srv/compacted /srv/captures",
      "  trailcam compact --period month -o /srv/compacted /srv/captures",
      "  trailcam verify --originals /srv/captures /srv/compacted",
      "",
      "Exit codes:",
      "  0    everything was taken",
      ExitCode.USAGE_HELP,
      "  4    something was not taken, or the directory could not be written",
      ExitCode.INTERRUPTED_HELP
    })
final class CompactCommand implements Verb {
  @Mixin private CommonOptions common;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Where the new directories go; is made if it is not there.")
  private Path output;

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      defaultValue = "day",
      description = "day, week (from Monday) or month, in UTC. Default: day.")
  private Period period;

  @Mixin private EngineArguments engineArguments;

  private final Terminal terminal;

  CompactCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    Format format = common.formatOfEvidence();
    CompactionResult result;
    EngineOptions options = engineArguments.optionsToWrite();
    try (ProgressLine progress = new ProgressLine(terminal, common.quiet());
        NamedEvidence evidence = common.open(progress)) {
      evidence.sayLeftOut(terminal);
      result = new Compactor(Version.text(), options, progress).run(evidence.set(), output, period);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          e.getFile()
              + " is there already, and what it holds is not intact; move it away and compact"
              + " again",
          e);
    }
    CompactionReport.write(
        result, format, common.style(terminal, terminal.outIsTerminal()), terminal.out());
    return result.rejections().isEmpty() ? ExitCode.FINE : ExitCode.EVIDENCE;
  }
}
