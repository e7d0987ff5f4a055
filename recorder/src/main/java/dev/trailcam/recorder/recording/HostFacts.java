// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What identifies the machine.
 *
 * @param host uname -n
 * @param bootId random id of this boot
 * @param machineId id of the installation, or null where there is none
 * @param kernel uname -r
 * @param arch uname -m
 */
record HostFacts(String host, String bootId, String machineId, String kernel, String arch) {
  /** Java's names for architectures, where the kernel has others. */
  private static final Map<String, String> KERNEL_NAMES = Map.of("amd64", "x86_64");

  static HostFacts read() throws IOException {
    return read(Path.of("/"));
  }

  static HostFacts read(Path root) throws IOException {
    String arch = System.getProperty("os.arch");
    return new HostFacts(
        line(root.resolve("proc/sys/kernel/hostname")),
        line(root.resolve("proc/sys/kernel/random/boot_id")),
        optionalLine(root.resolve("etc/machine-id")),
        line(root.resolve("proc/sys/kernel/osrelease")),
        KERNEL_NAMES.getOrDefault(arch, arch));
  }

  private static String line(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static String optionalLine(Path file) {
    try {
      String line = line(file);
      return line.isEmpty() ? null : line;
    } catch (IOException e) {
      return null; // a container image often has none
    }
  }
}
