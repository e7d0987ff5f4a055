// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.ArrayList;
import java.util.List;

/** Knows what a LIKE pattern says between its wildcards. */
final class LikePattern {
  private LikePattern() {}

  /**
   * The texts that whatever matches holds.
   *
   * @param escape the character that takes the meaning from the next one; "" for none
   */
  static List<String> runs(String pattern, String escape) {
    List<String> runs = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      if (!escape.isEmpty() && pattern.startsWith(escape, at)) {
        at += escape.length();
      } else if (pattern.charAt(at) == '%' || pattern.charAt(at) == '_') {
        runs.add(run.toString());
        run.setLength(0);
        at++;
        continue;
      }
      if (at < pattern.length()) {
        run.appendCodePoint(pattern.codePointAt(at));
        at = pattern.offsetByCodePoints(at, 1);
      }
    }
    runs.add(run.toString());
    return runs;
  }
}
