// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Environment;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.secrets.SecretMask;
import dev.trailcam.recorder.libbpf.ChildProcess;
import dev.trailcam.recorder.libbpf.Descriptors;
import dev.trailcam.recorder.libbpf.DirectoryHandle;
import dev.trailcam.recorder.libbpf.ExecProbe;
import dev.trailcam.recorder.libbpf.KernelSupport;
import dev.trailcam.recorder.libbpf.ProbeConfig;
import dev.trailcam.recorder.libbpf.SystemClocks;
import dev.trailcam.recorder.segment.SegmentWriter;
import dev.trailcam.recorder.wire.EventKind;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Begins recordings: everything that needs rights. */
public final class Opening {
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
  public Opening(RecordingOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Begins to record; from now on the kernel's ring fills.
   *
   * @throws ProbeException if executions cannot be watched here
   * @throws IOException if the capture cannot be created
   */
  public Opened open() throws IOException {
    // First what is quickly said, before anything is loaded into the kernel.
    CaptureDirectory.refuse(options.store());
    KernelSupport.require();
    SegmentWriter.requireCompressor();
    try (ExecProbe probe = ExecProbe.load(new ProbeConfig(options.scoped(), options.ringBytes()))) {
      probe.attach();
      tellWhatIsNotWatched(probe);
      byte[] key = SecretMask.randomKey();
      ManifestEntry.Start start = start(probe, SecretMask.withKey(key));
      CaptureDirectory.Held capture =
          CaptureDirectory.create(options.store(), start.host(), instant(start.clock().realNs()));
      ManifestAppender.create(DirectoryHandle.path(capture.descriptor()), start).close();
      probe.snapshot();
      ChildProcess.Started command = options.scoped() ? startCommand() : null;
      return new Opened(
          capture.path(),
          capture.descriptor(),
          probe.handles(),
          command == null || command.process() == null ? 0 : command.process().pid(),
          command == null ? 0 : status(command.errno()),
          options.rawSecrets() ? Opened.RAW : Descriptors.holding(key),
          options.keeping());
    }
  }

  private void tellWhatIsNotWatched(ExecProbe probe) {
    for (EventKind kind : EventKind.values()) {
      if (!probe.watched().contains(kind)) {
        progress.accept(
            "NOT recorded here: "
                + kind.table().sqlName()
                + "; the kernel has no tracepoints at system calls, or tracefs is not mounted"
                + " (mount -t tracefs none /sys/kernel/tracing)");
      }
    }
  }

  private ChildProcess.Started startCommand() {
    ChildProcess.Started started = ChildProcess.start(options.command());
    if (started.errno() != 0) {
      progress.accept(
          new String(options.command().get(0), UTF_8)
              + ": "
              + ChildProcess.describe(started.errno()));
    }
    return started;
  }

  private static int status(int errno) {
    return errno == 0 ? 0 : errno == ENOENT ? NOT_FOUND : NOT_EXECUTABLE;
  }

  private ManifestEntry.Start start(ExecProbe probe, SecretMask mask) throws IOException {
    HostFacts host = HostFacts.read();
    UnaryOperator<String> discreet = options.rawSecrets() ? text -> text : mask::mask;
    CiContext ci = new CiVariables(System.getenv(), discreet).context();
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
        options.scoped() ? command(mask) : null,
        ARGV_LIMIT_BYTES,
        options.ringBytes(),
        probe.cpus(),
        options.rawSecrets() ? ManifestEntry.RAW : ManifestEntry.MASKED,
        Arrays.stream(EventKind.values())
            .filter(probe.watched()::contains)
            .map(kind -> kind.table().filePrefix())
            .toList(),
        new SystemClocks().read(),
        null);
  }

  private List<String> command(SecretMask mask) {
    List<byte[]> command =
        options.rawSecrets() ? options.command() : mask.mask(options.command()).argv();
    return command.stream().map(argument -> new String(argument, UTF_8)).toList();
  }

  private String environment(CiContext ci) {
    return options
        .environment()
        .or(() -> ci.equals(CiContext.NONE) ? Optional.empty() : Optional.of(Environment.CI))
        .map(Environment::id)
        .orElse(null);
  }

  private static Instant instant(long realNs) {
    return Instant.ofEpochSecond(0, realNs);
  }
}
