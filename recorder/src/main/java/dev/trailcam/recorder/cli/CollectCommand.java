// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.recorder.libbpf.KernelWatch;
import dev.trailcam.recorder.libbpf.StraySignals;
import dev.trailcam.recorder.recording.Keeping;
import dev.trailcam.recorder.recording.Opened;
import dev.trailcam.recorder.recording.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@link RecordCommand} becomes once it has given up its rights; see {@link Handover}. */
@Command(name = "collect", hidden = true)
final class CollectCommand implements Callable<Integer> {
  @Option(names = "--capture", required = true)
  private Path capture;

  @Option(names = "--directory", required = true)
  private int directory;

  @Option(names = "--ring", required = true)
  private int ring;

  @Option(names = "--ring-bytes", required = true)
  private long ringBytes;

  @Option(names = "--counters", required = true)
  private int counters;

  @Option(names = "--cpus", required = true)
  private int cpus;

  @Option(names = "--links", required = true, split = ",")
  private List<Integer> links;

  @Option(names = "--command", required = true)
  private int command;

  @Option(names = "--not-started", required = true)
  private int notStarted;

  @Option(names = "--key", required = true)
  private int key;

  @Option(names = "--segment-every", required = true)
  private Duration segmentEvery;

  @Option(names = "--segment-bytes", required = true)
  private long segmentBytes;

  @Option(names = "--keep-for")
  private Duration keepFor;

  @Option(names = "--keep-bytes")
  private Long keepBytes;

  @Option(names = "--quiet")
  private boolean quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    StraySignals.ignore(); // again: a JVM that starts takes one of them for itself
    Opened opened =
        new Opened(
            capture,
            directory,
            new KernelWatch.Handles(ring, ringBytes, counters, cpus, links),
            command,
            notStarted,
            key,
            new Keeping(
                segmentEvery,
                segmentBytes,
                Optional.ofNullable(keepFor),
                Optional.ofNullable(keepBytes)));
    RecordingReport report = new RecordingReport(spec.commandLine().getErr(), quiet);
    return report.finish(new Recording(opened, report::tell, report::alarm).run());
  }
}
