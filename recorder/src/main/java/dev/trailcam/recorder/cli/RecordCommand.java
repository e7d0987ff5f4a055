// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.capture.Environment;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.recording.Keeping;
import dev.trailcam.recorder.recording.Opening;
import dev.trailcam.recorder.recording.RecordingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trailcam record}: watches executions and writes them into a new capture. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Record every program execution into a new capture (needs root).",
    description = {
      "",
      "With a command: records it and everything it starts, and exits with its status."
          + " Without one: records the whole machine until SIGINT or SIGTERM.",
      "The capture is a new directory, STORE/<host>-<UTC>-<random>/, readable by its owner only.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo trailcam record -- make test          one command and its descendants",
      "  sudo trailcam record -o /var/lib/trailcam  the whole machine, until Ctrl-C",
      "  sudo -E trailcam record -- ./ci.sh         with the CI job's variables"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "STATUS:the command's own; 128 + n when signal n ended it",
      "0:stopped by a signal, without a command",
      "2:the command line is wrong",
      "125:recording could not begin, or its capture is not whole",
      "126, 127:the command cannot be executed, was not found"
    })
final class RecordCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE",
      description = "Directory for captures; made when absent (default: ${DEFAULT-VALUE}).",
      defaultValue = "captures")
  private Path store;

  @Option(
      names = "--environment",
      paramLabel = "ENVIRONMENT",
      description =
          "Where this machine stands: ci, staging or production. Findings quote the advice for it."
              + " Default: ${env:TRAILCAM_ENVIRONMENT:-ci in a CI job, else not said}.",
      defaultValue = "${env:TRAILCAM_ENVIRONMENT}")
  private Environment environment;

  @Option(
      names = "--ring-size",
      paramLabel = "SIZE",
      description =
          "Ring between kernel and recorder, a power of two such as 64M (the default) or 256K.",
      converter = RingSize.class)
  private long ringBytes = ProbeConfig.DEFAULT_RING_BYTES;

  @Option(
      names = "--raw-secrets",
      description =
          "Keep secrets in arguments as they are. Without it tokens, passwords and keys become"
              + " marks before anything is written; equal secrets have equal marks.")
  private boolean rawSecrets;

  @Option(
      names = "--segment-every",
      paramLabel = "DURATION",
      description = "Seal what was recorded at least so often, such as 90s, 15m (the default), 1h.",
      converter = Span.class)
  private Duration segmentEvery = Keeping.DEFAULT_SEGMENT_EVERY;

  @Option(
      names = "--segment-size",
      paramLabel = "SIZE",
      description = "Seal it when so much waits, such as 256M (the default).",
      converter = Size.class)
  private long segmentBytes = Keeping.DEFAULT_SEGMENT_BYTES;

  @Option(
      names = "--keep-for",
      paramLabel = "DURATION",
      description =
          "Remove what was sealed so long ago, such as 30d: captures of STORE that have ended, and"
              + " segments of this one. What is not sealed is never removed.",
      converter = Span.class)
  private Duration keepFor;

  @Option(
      names = "--keep-bytes",
      paramLabel = "SIZE",
      description = "Remove the oldest of it when all together is larger, such as 20G.",
      converter = Size.class)
  private Long keepBytes;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing unless something is lost or fails.")
  private boolean quiet;

  @Parameters(
      paramLabel = "COMMAND",
      description = "Command to record, with its arguments.",
      arity = "0..*")
  private List<String> command = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    RecordingOptions options =
        new RecordingOptions(
            store,
            Optional.ofNullable(environment),
            RawArguments.last(command),
            ringBytes,
            rawSecrets,
            new Keeping(
                segmentEvery,
                segmentBytes,
                Optional.ofNullable(keepFor),
                Optional.ofNullable(keepBytes)),
            Version.read());
    RecordingReport report = new RecordingReport(spec.commandLine().getErr(), quiet);
    Handover handover = Handover.prepare();
    handover.execute(new Opening(options, report::tell).open(), quiet);
    return Failures.STATUS; // not reached: another program runs in this process by now
  }
}
