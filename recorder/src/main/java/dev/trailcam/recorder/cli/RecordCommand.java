// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.capture.Environment;
import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.recording.Recording;
import dev.trailcam.recorder.recording.RecordingOptions;
import dev.trailcam.recorder.recording.RecordingResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    PrintWriter err = spec.commandLine().getErr();
    RecordingOptions options =
        new RecordingOptions(
            store,
            Optional.ofNullable(environment),
            RawArguments.last(command),
            ringBytes,
            Version.read());
    RecordingResult result = new Recording(options, sentence -> say(err, sentence, !quiet)).run();
    report(err, result);
    if (result.failure().isPresent() && (command.isEmpty() || result.exitStatus() == 0)) {
      return Failures.STATUS;
    }
    return result.exitStatus();
  }

  private void report(PrintWriter err, RecordingResult result) {
    boolean whole = result.failure().isEmpty() && result.lost() == 0;
    say(
        err,
        String.format(
            Locale.ROOT,
            "%,d executions recorded, %,d lost: %s",
            result.recorded(),
            result.lost(),
            result.capture()),
        !quiet || !whole);
    for (LossCause cause : LossCause.values()) {
      long count = result.losses().getOrDefault(cause.id(), 0L);
      say(err, String.format(Locale.ROOT, "%,d lost: %s", count, cause.sentence()), count > 0);
    }
    result
        .failure()
        .ifPresent(
            why -> {
              say(err, "the capture is NOT complete: " + why, true);
              say(err, "next: mend that, then 'trailcam recover " + result.capture() + "'", true);
            });
  }

  private static void say(PrintWriter err, String sentence, boolean aloud) {
    if (aloud) {
      err.println("trailcam: " + sentence);
      err.flush();
    }
  }
}
