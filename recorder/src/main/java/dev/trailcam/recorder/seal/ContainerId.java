// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Finds a container in a cgroup path: {@code docker-ID.scope}, {@code cri-containerd-ID.scope},
 * {@code libpod-ID.scope}, {@code crio-ID.scope}, {@code /docker/ID} and whatever else puts 64
 * hexadecimal digits between other signs.
 */
final class ContainerId {
  private static final int DIGITS = 64;

  private ContainerId() {}

  /** The id of the innermost container; null when the path names none. */
  static String in(byte[] cgroup) {
    int end = cgroup.length;
    while (end > 0) {
      int start = end;
      boolean hex = true;
      while (start > 0 && isWord(cgroup[start - 1])) {
        start--;
        hex &= isHex(cgroup[start]);
      }
      if (hex && end - start == DIGITS) {
        return new String(cgroup, start, DIGITS, US_ASCII);
      }
      end = start - 1;
    }
    return null;
  }

  private static boolean isWord(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
  }

  private static boolean isHex(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
  }
}
