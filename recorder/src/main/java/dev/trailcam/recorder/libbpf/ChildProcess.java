// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * A command started by this process directly. {@link ProcessBuilder} would put a helper program in
 * between, which would be recorded, and would decode and encode the arguments; here they are the
 * bytes the user gave. Descriptors 0 to 2, environment and working directory are inherited.
 */
public final class ChildProcess {
  private static final int ATTRIBUTES_BYTES = 512; // posix_spawnattr_t has 336 in glibc
  private static final int SIGNAL_SET_BYTES = 128;
  private static final short POSIX_SPAWN_SETSIGMASK = 8;
  private static final int EINTR = 4;
  private static final String KEPT = "TRAILCAM_KEEP_";

  private final int pid;

  private ChildProcess(int pid) {
    this.pid = pid;
  }

  /** Either the process, or the errno that kept it from starting. */
  public record Started(ChildProcess process, int errno) {}

  /**
   * Starts a command, looked up in PATH as a shell does.
   *
   * @param command its name and arguments, none with a NUL
   */
  public static Started start(List<byte[]> command) {
    LibC libc = Native.libc();
    Pointer attributes = Native.allocate(ATTRIBUTES_BYTES);
    libc.posix_spawnattr_init(attributes);
    // The JVM's threads block signals that the command must be able to receive.
    libc.posix_spawnattr_setsigmask(attributes, Native.allocate(SIGNAL_SET_BYTES));
    libc.posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK);
    Pointer[] arguments = command.stream().map(Native::cString).toArray(Pointer[]::new);
    Pointer[] environment = environment();
    Pointer pid = Native.allocate(Integer.BYTES);
    Descriptors.keepToThisProgram();
    int errno;
    try {
      errno =
          libc.posix_spawnp(
              pid,
              arguments[0],
              null,
              attributes,
              Native.vector(arguments),
              Native.vector(environment));
    } finally {
      Reference.reachabilityFence(arguments); // the vectors hold their addresses only
      Reference.reachabilityFence(environment);
    }
    libc.posix_spawnattr_destroy(attributes);
    return errno == 0 ? new Started(new ChildProcess(pid.getInt(0)), 0) : new Started(null, errno);
  }

  /**
   * The environment this process was started with, byte for byte. The launcher keeps variables that
   * steer a JVM or the dynamic loader from the recorder; under these names it keeps them for the
   * command.
   */
  private static Pointer[] environment() {
    List<Pointer> all = new ArrayList<>();
    Pointer environ = Native.environment();
    for (long at = 0; environ.getPointer(at) != null; at += Long.BYTES) {
      Pointer entry = environ.getPointer(at);
      boolean kept = KEPT.equals(entry.getString(0, KEPT.length(), US_ASCII));
      all.add(kept ? entry.slice(KEPT.length()) : entry);
    }
    return all.toArray(Pointer[]::new);
  }

  /** The process with this id, a child of this process. */
  public static ChildProcess of(int pid) {
    return new ChildProcess(pid);
  }

  public int pid() {
    return pid;
  }

  /**
   * Waits until it ends.
   *
   * @return its exit status as a shell tells it: 0 to 255, 128 + n when signal n ended it
   */
  public int waitFor() {
    Pointer status = Native.allocate(Integer.BYTES);
    while (Native.libc().waitpid(pid, status, 0) < 0) {
      if (Native.errno() != EINTR) {
        throw new IllegalStateException("the command's end cannot be awaited");
      }
    }
    int raw = status.getInt(0);
    int signal = raw & 0x7f;
    return signal == 0 ? raw >> 8 & 0xff : 128 + signal;
  }

  /** Sends it a signal; does nothing when it has ended. */
  public void signal(int number) {
    Native.libc().kill(pid, number);
  }

  /** What the C library says of an errno. */
  public static String describe(int errno) {
    return Native.libc().strerror(errno);
  }
}
