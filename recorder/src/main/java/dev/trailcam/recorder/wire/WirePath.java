// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import java.util.Arrays;

/**
 * A path as the kernel program walks it: components leaf first, each closed by NUL. Components that
 * are empty or "/" are the roots of mounts that were crossed and say nothing.
 */
final class WirePath {
  private WirePath() {}

  /**
   * The path; null when the section is empty: not known.
   *
   * @param whole whether the walk reached the root; what lacks its beginning does not begin with a
   *     slash, so that nobody takes it for an absolute path
   */
  static byte[] join(byte[] section, boolean whole) {
    if (section.length == 0) {
      return null;
    }
    byte[] path = new byte[section.length + 1];
    int at = 0;
    for (int end = section.length - 1; end >= 0; ) {
      int start = componentStart(section, end);
      if (names(section, start, end)) {
        path[at++] = '/';
        System.arraycopy(section, start, path, at, end - start);
        at += end - start;
      }
      end = start - 1;
    }
    if (!whole) {
      return at == 0 ? null : Arrays.copyOfRange(path, 1, at);
    }
    if (at == 0) {
      path[at++] = '/';
    }
    return Arrays.copyOf(path, at);
  }

  /** The leaf, whatever bytes it has; null when the section is empty or the path is the root. */
  static byte[] leaf(byte[] section) {
    for (int start = 0; start < section.length; ) {
      int end = start;
      while (section[end] != 0) {
        end++;
      }
      if (names(section, start, end)) {
        return Arrays.copyOfRange(section, start, end);
      }
      start = end + 1;
    }
    return null;
  }

  private static int componentStart(byte[] section, int end) {
    int start = end;
    while (start > 0 && section[start - 1] != 0) {
      start--;
    }
    return start;
  }

  private static boolean names(byte[] section, int start, int end) {
    return end > start && !(end == start + 1 && section[start] == '/');
  }
}
