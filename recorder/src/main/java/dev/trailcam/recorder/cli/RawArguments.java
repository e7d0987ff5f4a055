// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * This process's arguments as the bytes it was given. Java decodes them with the locale's charset,
 * and in the POSIX locale of many CI jobs that loses everything that is not ASCII.
 */
final class RawArguments {
  private static final Path CMDLINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /**
   * The bytes of the last arguments.
   *
   * @param decoded the same arguments as Java sees them; only their number counts
   */
  static List<byte[]> last(List<String> decoded) throws IOException {
    List<byte[]> all = split(Files.readAllBytes(CMDLINE));
    return all.subList(all.size() - decoded.size(), all.size());
  }

  static List<byte[]> split(byte[] cmdline) {
    List<byte[]> arguments = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < cmdline.length; at++) {
      if (cmdline[at] == 0) {
        arguments.add(Arrays.copyOfRange(cmdline, from, at));
        from = at + 1;
      }
    }
    return arguments;
  }
}
