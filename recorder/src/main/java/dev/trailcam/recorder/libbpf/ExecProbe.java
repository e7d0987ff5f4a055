// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import dev.trailcam.recorder.wire.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jnr.ffi.Pointer;

/**
 * The kernel program on its way into the kernel. Order of use: {@link #load}, {@link #attach},
 * {@link #snapshot}, {@link #handles}, {@link #close}; the rest is {@link KernelWatch}'s.
 */
public final class ExecProbe implements AutoCloseable {
  private static final String OBJECT = "/trailcam/bpf/exec.bpf.o";
  private static final int LOG_BYTES = 1 << 20;
  private static final int LOG_LINES = 6;

  // struct tc_config and struct tc_mark of exec_event.h
  private static final int CONFIG_BYTES = 16;
  private static final int MARK_BYTES = 16;
  private static final int MARK_IN_SCOPE = 8;

  // scratch.h
  private static final int SCRATCHES_PER_CPU = 3;

  // include/uapi/linux/bpf.h
  private static final int BPF_ANY = 0;

  /** Without these nothing is recorded. */
  private static final List<String> ESSENTIAL = List.of("on_fork", "on_exec", "on_exit");

  /** These need the kernel to have tracepoints at system calls, and tracefs to name them. */
  private static final Map<EventKind, List<String>> AT_SYSTEM_CALLS =
      Map.of(
          EventKind.FAILED, List.of("on_failed_execve", "on_failed_execveat"),
          EventKind.SOCKET, List.of("on_socket", "on_setsockopt"));

  private final LibBpf bpf;
  private final Pointer object;
  private final ProbeConfig config;
  private final int cpus;
  private final List<Pointer> links = new ArrayList<>();
  private final Set<EventKind> watched =
      EnumSet.of(EventKind.EXEC, EventKind.PROCESS, EventKind.EXIT);

  private ExecProbe(LibBpf bpf, Pointer object, ProbeConfig config, int cpus) {
    this.bpf = bpf;
    this.object = object;
    this.config = config;
    this.cpus = cpus;
  }

  /**
   * Loads the program into the kernel; nothing is watched yet.
   *
   * @throws ProbeException if the kernel refuses it, with the next move
   */
  public static ExecProbe load(ProbeConfig config) {
    LibBpf bpf = Native.libbpf();
    bpf.libbpf_set_print(null);
    Pointer object = open(bpf);
    try {
      int cpus = bpf.libbpf_num_possible_cpus();
      configure(bpf, object, config, cpus);
      load(bpf, object);
      return new ExecProbe(bpf, object, config, cpus);
    } catch (RuntimeException e) {
      bpf.bpf_object__close(object);
      throw e;
    }
  }

  private static Pointer open(LibBpf bpf) {
    byte[] bytes;
    try (InputStream in = ExecProbe.class.getResourceAsStream(OBJECT)) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Pointer copy = Native.allocate(bytes.length);
    copy.put(0, bytes, 0, bytes.length);
    Pointer object = bpf.bpf_object__open_mem(copy, bytes.length, null);
    if (object == null) {
      throw new ProbeException(
          "libbpf cannot read the kernel program: " + error(Native.errno()),
          "install libbpf 1.0 or newer");
    }
    return object;
  }

  private static void configure(LibBpf bpf, Pointer object, ProbeConfig config, int cpus) {
    Pointer size = Native.allocate(8);
    Pointer settings =
        bpf.bpf_map__initial_value(bpf.bpf_object__find_map_by_name(object, ".rodata"), size);
    if (settings == null || size.getLong(0) != CONFIG_BYTES) {
      throw new IllegalStateException("the kernel program's settings are not struct tc_config");
    }
    settings.putLong(0, ringBytes(config) / 8);
    settings.putInt(8, config.scoped() ? 1 : 0);
    settings.putInt(12, cpus * SCRATCHES_PER_CPU);
    bpf.bpf_map__set_max_entries(
        bpf.bpf_object__find_map_by_name(object, "ring"), ringBytes(config));
    bpf.bpf_map__set_max_entries(
        bpf.bpf_object__find_map_by_name(object, "scratches"), (long) cpus * SCRATCHES_PER_CPU + 1);
    bpf.bpf_map__set_max_entries(bpf.bpf_object__find_map_by_name(object, "counters"), cpus);
    bpf.bpf_program__set_autoload(
        bpf.bpf_object__find_program_by_name(object, "snapshot"),
        KernelSupport.release().atLeast(KernelSupport.SNAPSHOT));
  }

  /** The kernel makes no ring smaller than a page. */
  private static long ringBytes(ProbeConfig config) {
    return Math.max(config.ringBytes(), Native.libc().getpagesize());
  }

  private static void load(LibBpf bpf, Pointer object) {
    Pointer log = Native.allocate(LOG_BYTES);
    bpf.bpf_program__set_log_buf(
        bpf.bpf_object__find_program_by_name(object, "on_exec"), log, LOG_BYTES);
    int result = bpf.bpf_object__load(object);
    if (result != 0) {
      throw new ProbeException(
          "the kernel refuses the program: " + error(-result) + verifierSummary(log.getString(0)),
          "run 'trailcam doctor' to see what is missing");
    }
  }

  /** The verifier's last lines: the reason stands there. */
  private static String verifierSummary(String log) {
    List<String> lines = log.lines().toList();
    if (lines.size() <= 1) {
      return "";
    }
    int from = Math.max(0, lines.size() - LOG_LINES);
    return " ("
        + String.join(" / ", lines.subList(from, lines.size()))
        + (from > 0 ? "; " + from + " lines omitted)" : ")");
  }

  /**
   * Begins to watch.
   *
   * @throws ProbeException if executions cannot be watched; what is seen at system calls only is
   *     left out instead, see {@link #watched()}
   */
  public void attach() {
    if (config.scoped()) {
      markSelf();
    }
    for (String name : ESSENTIAL) {
      if (!attach(name)) {
        throw new ProbeException(
            name + " cannot be attached: " + error(Native.errno()),
            "run 'trailcam doctor' to see what is missing");
      }
    }
    AT_SYSTEM_CALLS.forEach(
        (kind, programs) -> {
          if (programs.stream().allMatch(this::attach)) {
            watched.add(kind);
          }
        });
  }

  private boolean attach(String name) {
    Pointer link = bpf.bpf_program__attach(program(name));
    if (link == null) {
      return false;
    }
    links.add(link);
    return true;
  }

  /** The kinds of events that are watched. */
  public Set<EventKind> watched() {
    return Set.copyOf(watched);
  }

  /** Marks this process as in scope, so that all it starts inherits that. */
  private void markSelf() {
    int pid = Math.toIntExact(ProcessHandle.current().pid());
    int pidFd = (int) Native.libc().syscall(SystemCalls.PIDFD_OPEN, pid, 0);
    Pointer key = Native.allocate(4);
    key.putInt(0, pidFd);
    Pointer mark = Native.allocate(MARK_BYTES);
    mark.putInt(MARK_IN_SCOPE, 1);
    int result = bpf.bpf_map_update_elem(mapFd("marks"), key, mark, BPF_ANY);
    Native.libc().close(pidFd);
    if (result != 0) {
      throw new ProbeException(
          "the recorder cannot mark itself: " + error(-result),
          "run 'trailcam doctor' to see what is missing");
    }
  }

  /**
   * Sends a record for each process that was alive already, so that what they start has a family.
   * On kernels older than {@link KernelSupport#SNAPSHOT} there is none, and what such processes run
   * stays unknown.
   */
  public void snapshot() {
    if (!KernelSupport.release().atLeast(KernelSupport.SNAPSHOT)) {
      return;
    }
    // Twice: a process forked behind the iterator's back by one not yet seen is found then.
    for (int pass = 0; pass < 2; pass++) {
      Pointer link = bpf.bpf_program__attach_iter(program("snapshot"), null);
      if (link == null) {
        throw new ProbeException(
            "the processes alive cannot be listed: " + error(Native.errno()),
            "run 'trailcam doctor' to see what is missing");
      }
      int iterator = bpf.bpf_iter_create(bpf.bpf_link__fd(link));
      Pointer nothing = Native.allocate(64);
      while (Native.libc().read(iterator, nothing, 64) > 0) {
        // The program writes to the ring, never to the file.
      }
      Native.libc().close(iterator);
      bpf.bpf_link__destroy(link);
    }
  }

  /** Processors the machine could have. */
  public int cpus() {
    return cpus;
  }

  /**
   * Descriptors of all that is at work, which stay open when this is closed and when this process
   * executes another program.
   */
  public KernelWatch.Handles handles() {
    return new KernelWatch.Handles(
        keep(mapFd("ring")),
        ringBytes(config),
        keep(mapFd("counters")),
        cpus,
        links.stream().map(link -> keep(bpf.bpf_link__fd(link))).toList());
  }

  private static int keep(int fd) {
    int kept = Native.libc().dup(fd);
    if (kept < 0) {
      throw new ProbeException(
          "a descriptor cannot be kept: " + error(Native.errno()), "raise the limit 'ulimit -n'");
    }
    return kept;
  }

  @Override
  public void close() {
    links.forEach(bpf::bpf_link__destroy);
    links.clear();
    bpf.bpf_object__close(object);
  }

  private Pointer program(String name) {
    return bpf.bpf_object__find_program_by_name(object, name);
  }

  private int mapFd(String name) {
    return bpf.bpf_map__fd(bpf.bpf_object__find_map_by_name(object, name));
  }

  private static String error(int errno) {
    return Native.libc().strerror(errno);
  }
}
