// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What executions can be watched with on this machine, checked one thing after the other. */
public final class KernelSupport {
  /** Ring buffer, task storage and atomic operations in tracing programs. */
  public static final KernelRelease MINIMUM = new KernelRelease(5, 15);

  /** Iterators that may sleep and so may read another process's arguments. */
  public static final KernelRelease SNAPSHOT = new KernelRelease(5, 18);

  private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

  /** Where libbpf looks for the numbers of tracepoints. */
  private static final List<Path> TRACEFS =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

  private static final Path STATUS = Path.of("/proc/self/status");

  // include/uapi/linux/capability.h
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_PERFMON = 38;
  private static final int CAP_BPF = 39;

  /**
   * One thing that was looked at.
   *
   * @param name what
   * @param finding how it stands, in a clause
   * @param nextMove what to do about it, in the imperative; empty when it is fine
   * @param essential whether nothing can be recorded without it
   */
  public record Check(String name, String finding, Optional<String> nextMove, boolean essential) {
    public boolean passed() {
      return nextMove.isEmpty();
    }

    /** It is as it should be. */
    public static Check passed(String name, String finding) {
      return new Check(name, finding, Optional.empty(), true);
    }

    /** Nothing can be recorded. */
    static Check failed(String name, String finding, String nextMove) {
      return new Check(name, finding, Optional.of(nextMove), true);
    }

    /** Recording works, but with less than it could have. */
    public static Check warning(String name, String finding, String nextMove) {
      return new Check(name, finding, Optional.of(nextMove), false);
    }
  }

  private KernelSupport() {}

  /** The kernel that runs. */
  public static KernelRelease release() {
    return KernelRelease.parse(System.getProperty("os.version"));
  }

  /** Every check, in the order a user should mend what fails. */
  public static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(kernel(release()));
    checks.add(btf(BTF));
    checks.add(privileges());
    checks.add(library());
    if (checks.stream().allMatch(Check::passed)) {
      checks.add(program());
      checks.add(systemCalls(TRACEFS));
    }
    return checks;
  }

  /**
   * Does nothing where executions can be watched.
   *
   * @throws ProbeException about the first thing that is missing
   */
  public static void require() {
    for (Check check : List.of(kernel(release()), btf(BTF), privileges())) {
      if (!check.passed()) {
        throw new ProbeException(check.finding(), check.nextMove().orElseThrow());
      }
    }
  }

  static Check kernel(KernelRelease release) {
    if (!release.atLeast(MINIMUM)) {
      return Check.failed(
          "kernel", "Linux " + release + " is too old", "boot Linux " + MINIMUM + " or newer");
    }
    String snapshot =
        release.atLeast(SNAPSHOT)
            ? ""
            : ", too old to tell what processes ran before the recording (" + SNAPSHOT + ")";
    return Check.passed("kernel", "Linux " + release + snapshot);
  }

  static Check btf(Path file) {
    if (!Files.isReadable(file)) {
      return Check.failed(
          "type information",
          "the kernel has no BTF (" + file + ")",
          "boot a kernel built with CONFIG_DEBUG_INFO_BTF=y, as those of current distributions are");
    }
    return Check.passed("type information", file + " is there");
  }

  private static Check privileges() {
    long effective;
    try {
      effective = effectiveCapabilities(Files.readAllLines(STATUS));
    } catch (IOException e) {
      return Check.failed("privileges", STATUS + " cannot be read", "mount /proc");
    }
    return privileges(effective);
  }

  static Check privileges(long effective) {
    boolean enough =
        has(effective, CAP_SYS_ADMIN) || (has(effective, CAP_BPF) && has(effective, CAP_PERFMON));
    return enough
        ? Check.passed("privileges", "may load kernel programs")
        : Check.failed(
            "privileges",
            "recording needs root (or CAP_BPF and CAP_PERFMON)",
            "run it with sudo; in a container, add --privileged or --cap-add BPF --cap-add PERFMON");
  }

  private static boolean has(long capabilities, int number) {
    return (capabilities >>> number & 1) == 1;
  }

  static long effectiveCapabilities(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
        .findFirst()
        .orElse(0L);
  }

  private static Check library() {
    try {
      Native.libbpf();
      return Check.passed("libbpf", "libbpf.so.1 loads");
    } catch (ProbeException e) {
      return Check.failed("libbpf", e.why(), e.nextMove());
    }
  }

  /** Loads the program for real, and watches nothing. */
  private static Check program() {
    try (ExecProbe probe = ExecProbe.load(new ProbeConfig(true, ProbeConfig.MIN_RING_BYTES))) {
      return Check.passed(
          "kernel program", "loads and passes the verifier on " + probe.cpus() + " processors");
    } catch (ProbeException e) {
      return Check.failed("kernel program", e.why(), e.nextMove());
    }
  }

  static Check systemCalls(List<Path> tracefs) {
    boolean found =
        tracefs.stream()
            .anyMatch(mount -> Files.isReadable(mount.resolve("events/syscalls/sys_exit_execve")));
    return found
        ? Check.passed("system calls", "failed executions and raw sockets can be watched")
        : Check.warning(
            "system calls",
            "there are no tracepoints at system calls: neither failed executions nor raw sockets"
                + " will be recorded",
            "mount -t tracefs none /sys/kernel/tracing; else boot a kernel built with"
                + " CONFIG_FTRACE_SYSCALLS=y");
  }
}
