// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.EndReason;
import dev.trailcam.capture.LossCause;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.secrets.SecretMask;
import dev.trailcam.recorder.files.FileExaminer;
import dev.trailcam.recorder.libbpf.ChildProcess;
import dev.trailcam.recorder.libbpf.Descriptors;
import dev.trailcam.recorder.libbpf.DirectoryHandle;
import dev.trailcam.recorder.libbpf.KernelCounters;
import dev.trailcam.recorder.libbpf.KernelWatch;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.seal.Sealer;
import dev.trailcam.recorder.wire.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Records until the command ends, or until a signal asks to stop: the whole way from the ring to a
 * closed manifest. Needs no rights but those {@link Opened} carries.
 */
public final class Recording {
  private final Opened opened;
  private final Consumer<String> progress;
  private final Consumer<String> alarm;
  private final Path directory;

  /**
   * @param progress gets sentences for the user, none of them data
   */
  public Recording(Opened opened, Consumer<String> progress) {
    this(opened, progress, progress);
  }

  /**
   * @param progress gets sentences for the user, none of them data
   * @param alarm gets, as soon as it happens, what keeps the capture from being complete; from any
   *     thread
   */
  public Recording(Opened opened, Consumer<String> progress, Consumer<String> alarm) {
    this.opened = opened;
    this.progress = progress;
    this.alarm = alarm;
    this.directory = DirectoryHandle.path(opened.directory());
  }

  /**
   * Records.
   *
   * @throws IOException if the capture cannot be written to; later trouble is told in the result
   */
  public RecordingResult run() throws IOException {
    StopSignals signals = StopSignals.take();
    Manifest begun = Manifest.read(directory.resolve(CaptureLayout.MANIFEST));
    try (KernelWatch watch = KernelWatch.open(opened.watch());
        FileExaminer examiner = FileExaminer.start();
        ManifestAppender manifest = ManifestAppender.resume(directory, begun)) {
      return record(watch, examiner, signals, begun.start(), manifest);
    }
  }

  private RecordingResult record(
      KernelWatch watch,
      FileExaminer examiner,
      StopSignals signals,
      ManifestEntry.Start start,
      ManifestAppender manifest)
      throws IOException {
    Sealer sealer = new Sealer(directory, start, manifest);
    Retention retention =
        new Retention(
            opened.keeping(), new OldCaptures(opened.capture(), progress), directory, manifest);
    SystemClocks clocks = new SystemClocks();
    Sealing sealing =
        new Sealing(
            spoolFile -> {
              sealer.seal(spoolFile);
              retention.apply(sealer.segments(), clocks.read());
            },
            why -> alarm.accept("NOT sealed any more, kept in the spool only: " + why));
    SpoolFiles spool =
        new SpoolFiles(
            directory, start.captureId(), start.clock(), opened.keeping(), sealing::submit);
    Supervisor supervisor = Supervisor.fromEnvironment();
    Collector collector =
        new Collector(
            watch,
            new Intake(spool, discretion(), examiner),
            spool,
            start.clock().bootNs(),
            supervisor::alive,
            why -> {
              alarm.accept("NOT recording any more: " + why);
              signals.stop(); // a command goes on; a machine is not watched for nothing
            });
    Thread collecting = new Thread(collector, "collector");
    collecting.start();
    supervisor.ready();
    int status;
    try {
      status = opened.command() > 0 ? awaitCommand(signals) : awaitStop(signals, start);
    } finally {
      supervisor.stopping();
      watch.detach();
      collector.stop();
      join(collecting);
    }
    Optional<String> failure = finish(spool, collector, sealing);
    ManifestEntry.End end = end(watch.counters(), sealer, start, status);
    if (failure.isEmpty()) {
      manifest.append(end);
    } // else the capture stays open: 'trailcam recover' seals what its spool still holds
    return new RecordingResult(opened.capture(), end, status, failure);
  }

  private Discretion discretion() {
    return new Discretion(
        opened.key() == Opened.RAW
            ? null
            : SecretMask.withKey(Descriptors.readAll(opened.key(), SecretMask.KEY_BYTES)));
  }

  private Optional<String> finish(SpoolFiles spool, Collector collector, Sealing sealing) {
    Throwable failure = collector.failure();
    try {
      spool.finish();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    Throwable notSealed = sealing.finish();
    failure = failure == null ? notSealed : failure;
    if (failure != null) {
      return Optional.of(failure.toString());
    }
    boolean inPlace =
        CaptureDirectory.isInPlace(new CaptureDirectory.Held(opened.capture(), opened.directory()));
    return inPlace
        ? Optional.empty()
        : Optional.of(
            "somebody moved it away from "
                + opened.capture()
                + " while it was recorded; what is there now is something else");
  }

  private int awaitCommand(StopSignals signals) {
    ChildProcess command = ChildProcess.of(opened.command());
    // A terminal sends Ctrl-C to the command itself; passing it on would send it twice.
    signals.forwardTo(
        number -> {
          if (number != StopSignals.SIGINT) {
            command.signal(number);
          }
        });
    return command.waitFor();
  }

  private int awaitStop(StopSignals signals, ManifestEntry.Start start) {
    if (start.command() != null) {
      return opened.notStarted();
    }
    progress.accept("recording every execution on this machine; stop with Ctrl-C or SIGTERM");
    signals.await();
    return 0;
  }

  /** The last line; whatever was executed and is neither recorded nor counted lost is told too. */
  private static ManifestEntry.End end(
      List<KernelCounters> counters, Sealer sealer, ManifestEntry.Start start, int status) {
    long executed = KernelCounters.seen(counters, EventKind.EXEC);
    Map<String, Long> losses = new TreeMap<>(sealer.totalLosses());
    long unexplained = executed - sealer.totalRows() - LossCause.executions(losses);
    if (unexplained != 0) {
      losses.merge(LossCause.SPOOL_DAMAGED.id(), unexplained, Long::sum);
    }
    boolean scoped = start.command() != null;
    return new ManifestEntry.End(
        (scoped ? EndReason.COMMAND_EXITED : EndReason.SIGNAL).id(),
        scoped ? status : null,
        executed,
        sealer.totalRows(),
        losses,
        sealer.events(kind -> KernelCounters.seen(counters, kind)),
        new SystemClocks().read(),
        null);
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
