// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.ref.Reference;
import java.util.List;
import jnr.ffi.Pointer;

/** Puts another program in the place of this one: same process, same children, other rights. */
public final class Successor {
  private Successor() {}

  /**
   * Executes a program; what it inherits are the calling thread's rights and the descriptors that
   * are not kept to this program. Does not return.
   *
   * @param program its file
   * @param arguments its name first
   * @param environment {@code NAME=value} each
   * @throws ProbeException if it fails
   */
  public static void execute(String program, List<byte[]> arguments, List<byte[]> environment) {
    Pointer path = Native.cString(program.getBytes(UTF_8));
    Pointer[] keptArguments = cStrings(arguments);
    Pointer[] keptEnvironment = cStrings(environment);
    try {
      Native.libc().execve(path, Native.vector(keptArguments), Native.vector(keptEnvironment));
      throw new ProbeException(
          program + " cannot be executed: " + Native.libc().strerror(Native.errno()),
          "see whether it is still there");
    } finally {
      Reference.reachabilityFence(keptArguments); // vectors hold their addresses only
      Reference.reachabilityFence(keptEnvironment);
    }
  }

  private static Pointer[] cStrings(List<byte[]> texts) {
    return texts.stream().map(Native::cString).toArray(Pointer[]::new);
  }
}
