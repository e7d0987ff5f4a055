// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What an image runs: a file and its arguments, either null when not known. Equal by content. */
final class Program {
  private static final int OBJECT_BYTES = 24;

  private final byte[] exe;
  private final String exeText;
  private final List<byte[]> argv;
  private final int hash;

  Program(byte[] exe, List<byte[]> argv) {
    this.exe = exe;
    this.exeText = exe == null ? null : new String(exe, UTF_8);
    this.argv = argv;
    int mixed = Arrays.hashCode(exe);
    for (byte[] argument : argv == null ? List.<byte[]>of() : argv) {
      mixed = 31 * mixed + Arrays.hashCode(argument);
    }
    this.hash = mixed;
  }

  byte[] exe() {
    return exe;
  }

  /** U+FFFD for what is no UTF-8. */
  String exeText() {
    return exeText;
  }

  List<byte[]> argv() {
    return argv;
  }

  /** About how much memory it takes. */
  long weight() {
    long bytes = 4 * OBJECT_BYTES + (exe == null ? 0 : 2L * exe.length);
    for (byte[] argument : argv == null ? List.<byte[]>of() : argv) {
      bytes += OBJECT_BYTES + argument.length;
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Program that
        && hash == that.hash
        && Arrays.equals(exe, that.exe)
        && sameArguments(argv, that.argv);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static boolean sameArguments(List<byte[]> a, List<byte[]> b) {
    if (a == null || b == null || a.size() != b.size()) {
      return Objects.equals(a, b);
    }
    for (int i = 0; i < a.size(); i++) {
      if (!Arrays.equals(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
