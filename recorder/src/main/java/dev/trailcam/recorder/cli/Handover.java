// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.recorder.libbpf.Descriptors;
import dev.trailcam.recorder.libbpf.KernelWatch;
import dev.trailcam.recorder.libbpf.Privileges;
import dev.trailcam.recorder.libbpf.ProbeException;
import dev.trailcam.recorder.libbpf.StraySignals;
import dev.trailcam.recorder.libbpf.Successor;
import dev.trailcam.recorder.recording.Opened;
import dev.trailcam.recorder.recording.StopSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts a recorder without rights in the place of the one that has just begun a recording: the same
 * Java program in the same process, executed anew with {@code collect} and what there is to know of
 * the recording.
 */
final class Handover {
  private static final Path SELF = Path.of("/proc/self");

  /** What the service manager told; nothing else of the environment is needed. */
  private static final List<String> INHERITED =
      List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "NO_COLOR");

  private final List<byte[]> java;

  private Handover(List<byte[]> java) {
    this.java = java;
  }

  /**
   * A handover by the command line this process was started with.
   *
   * @throws IOException if it does not name {@link Main}, so that nobody knows how to start it
   */
  static Handover prepare() throws IOException {
    List<byte[]> all = RawArguments.split(Files.readAllBytes(SELF.resolve("cmdline")));
    for (int i = 0; i < all.size(); i++) {
      if (Main.class.getName().equals(new String(all.get(i), UTF_8))) {
        return new Handover(all.subList(0, i + 1));
      }
    }
    throw new IOException("the recorder was not started as " + Main.class.getName());
  }

  /**
   * Executes it. Returns only by an exception.
   *
   * @throws ProbeException if rights cannot be given up, or it cannot be executed: then nothing may
   *     go on, since the recording's rights would be more than it says
   */
  void execute(Opened opened, boolean quiet) throws IOException {
    List<byte[]> arguments = new ArrayList<>(java);
    for (String argument : arguments(opened, quiet)) {
      arguments.add(argument.getBytes(UTF_8));
    }
    String program = Files.readSymbolicLink(SELF.resolve("exe")).toString();
    protectFromMemoryPressure();
    StraySignals.ignore();
    StopSignals.hold();
    Descriptors.keepToThisProgram();
    opened.watch().descriptors().forEach(Descriptors::passOn);
    Descriptors.passOn(opened.directory());
    if (opened.key() != Opened.RAW) {
      Descriptors.passOn(opened.key());
    }
    Privileges.keepOnly(Set.of(Privileges.CAP_DAC_READ_SEARCH, Privileges.CAP_KILL));
    Successor.execute(program, arguments, environment());
  }

  private static List<String> arguments(Opened opened, boolean quiet) {
    KernelWatch.Handles watch = opened.watch();
    List<String> arguments = new ArrayList<>();
    arguments.add("collect");
    arguments.add("--capture=" + opened.capture());
    arguments.add("--directory=" + opened.directory());
    arguments.add("--ring=" + watch.ring());
    arguments.add("--ring-bytes=" + watch.ringBytes());
    arguments.add("--counters=" + watch.counters());
    arguments.add("--cpus=" + watch.cpus());
    arguments.add(
        "--links=" + watch.links().stream().map(String::valueOf).collect(Collectors.joining(",")));
    arguments.add("--command=" + opened.command());
    arguments.add("--not-started=" + opened.notStarted());
    arguments.add("--key=" + opened.key());
    arguments.add("--segment-every=" + opened.keeping().segmentEvery());
    arguments.add("--segment-bytes=" + opened.keeping().segmentBytes());
    opened.keeping().keepFor().ifPresent(age -> arguments.add("--keep-for=" + age));
    opened.keeping().keepBytes().ifPresent(bytes -> arguments.add("--keep-bytes=" + bytes));
    if (quiet) {
      arguments.add("--quiet");
    }
    return arguments;
  }

  private static List<byte[]> environment() {
    List<byte[]> environment = new ArrayList<>();
    environment.add("LC_ALL=C.UTF-8".getBytes(UTF_8));
    for (String name : INHERITED) {
      String value = System.getenv(name);
      if (value != null) {
        environment.add((name + "=" + value).getBytes(UTF_8));
      }
    }
    return environment;
  }

  /** So that a recorded program which takes all memory is killed first; needs CAP_SYS_RESOURCE. */
  private static void protectFromMemoryPressure() {
    try {
      Files.writeString(SELF.resolve("oom_score_adj"), "-500");
    } catch (IOException e) {
      // Then it has to take its chance.
    }
  }
}
