// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.EndReason;
import dev.trailcam.capture.Environment;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.recorder.libbpf.ChildProcess;
import dev.trailcam.recorder.libbpf.ExecProbe;
import dev.trailcam.recorder.libbpf.KernelCounters;
import dev.trailcam.recorder.libbpf.KernelSupport;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Records from now until the command ends, or until a signal asks to stop: the whole way from the
 * kernel to a closed manifest.
 */
public final class Recording {
  /** Status of a shell for a command that was not found. */
  private static final int NOT_FOUND = 127;

  /** Status of a shell for a command that cannot be executed. */
  private static final int NOT_EXECUTABLE = 126;

  private static final int ENOENT = 2;
  private static final int ARGV_LIMIT_BYTES = 32 << 10;

  private final RecordingOptions options;
  private final Consumer<String> progress;

  /**
   * @param progress gets sentences for the user, none of them data
   */
  public Recording(RecordingOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Records.
   *
   * @throws dev.trailcam.recorder.libbpf.ProbeException if executions cannot be watched here
   * @throws IOException if the capture cannot be created; later trouble is told in the result
   */
  public RecordingResult run() throws IOException {
    KernelSupport.require();
    StopSignals signals = StopSignals.take();
    try (ExecProbe probe = ExecProbe.load(new ProbeConfig(options.scoped(), options.ringBytes()))) {
      probe.attach();
      ManifestEntry.Start start = start(probe);
      Path capture =
          CaptureDirectory.create(options.store(), start.host(), instant(start.clock().realNs()));
      try (ManifestAppender manifest = ManifestAppender.create(capture, start)) {
        return record(probe, signals, capture, start, manifest);
      }
    }
  }

  private RecordingResult record(
      ExecProbe probe,
      StopSignals signals,
      Path capture,
      ManifestEntry.Start start,
      ManifestAppender manifest)
      throws IOException {
    Sealer sealer = new Sealer(capture, start, manifest);
    Sealing sealing = new Sealing(sealer);
    SpoolFiles spool = new SpoolFiles(capture, start.captureId(), start.clock(), sealing::submit);
    Collector collector = new Collector(probe, spool, start.clock().bootNs());
    Thread collecting = new Thread(collector, "collector");
    collecting.start();
    int status;
    try {
      probe.snapshot();
      status = options.scoped() ? runCommand(signals) : awaitSignal(signals);
    } finally {
      probe.detach();
      collector.stop();
      join(collecting);
    }
    Optional<String> failure = finish(spool, collector, sealing);
    ManifestEntry.End end = end(probe.counters(), sealer, status);
    if (failure.isEmpty()) {
      manifest.append(end);
    } // else the capture stays open: 'trailcam recover' seals what its spool still holds
    return new RecordingResult(capture, end.recorded(), end.losses(), status, failure);
  }

  private Optional<String> finish(SpoolFiles spool, Collector collector, Sealing sealing) {
    Exception failure = collector.failure();
    try {
      spool.finish();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    Exception notSealed = sealing.finish();
    return Optional.ofNullable(failure == null ? notSealed : failure).map(Throwable::toString);
  }

  private int runCommand(StopSignals signals) {
    ChildProcess.Started started = ChildProcess.start(options.command());
    if (started.errno() != 0) {
      progress.accept(
          new String(options.command().get(0), UTF_8)
              + ": "
              + ChildProcess.describe(started.errno()));
      return started.errno() == ENOENT ? NOT_FOUND : NOT_EXECUTABLE;
    }
    // A terminal sends Ctrl-C to the command itself; passing it on would send it twice.
    signals.forwardTo(
        number -> {
          if (number != StopSignals.SIGINT) {
            started.process().signal(number);
          }
        });
    return started.process().waitFor();
  }

  private int awaitSignal(StopSignals signals) {
    progress.accept("recording every execution on this machine; stop with Ctrl-C or SIGTERM");
    signals.await();
    return 0;
  }

  private ManifestEntry.Start start(ExecProbe probe) throws IOException {
    HostFacts host = HostFacts.read();
    CiContext ci = new CiVariables(System.getenv()).context();
    return new ManifestEntry.Start(
        Manifest.FORMAT_VERSION,
        UUID.randomUUID().toString(),
        options.recorder(),
        host.host(),
        host.bootId(),
        host.machineId(),
        environment(ci),
        host.kernel(),
        host.arch(),
        ci,
        options.scoped() ? "command" : "machine",
        options.scoped()
            ? options.command().stream().map(a -> new String(a, UTF_8)).toList()
            : null,
        ARGV_LIMIT_BYTES,
        options.ringBytes(),
        probe.cpus(), null,
        new SystemClocks().read(),
        null);
  }

  private String environment(CiContext ci) {
    return options
        .environment()
        .or(() -> ci.equals(CiContext.NONE) ? Optional.empty() : Optional.of(Environment.CI))
        .map(Environment::id)
        .orElse(null);
  }

  /** The last line; whatever was executed and is neither recorded nor counted lost is told too. */
  private ManifestEntry.End end(List<KernelCounters> counters, Sealer sealer, int status) {
    long executed = counters.stream().mapToLong(KernelCounters::executed).sum();
    Map<String, Long> losses = new TreeMap<>(sealer.totalLosses());
    long unexplained = executed - sealer.totalRows() - LossCause.executions(losses);
    if (unexplained != 0) {
      losses.merge(LossCause.SPOOL_DAMAGED.id(), unexplained, Long::sum);
    }
    return new ManifestEntry.End(
        (options.scoped() ? EndReason.COMMAND_EXITED : EndReason.SIGNAL).id(),
        options.scoped() ? status : null,
        executed,
        sealer.totalRows(),
        losses, null,
        new SystemClocks().read(),
        null);
  }

  private static Instant instant(long realNs) {
    return Instant.ofEpochSecond(0, realNs);
  }

  private static void join(Thread thread) {
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.interrupted(); // nobody interrupts this thread on purpose
      }
    }
  }
}
