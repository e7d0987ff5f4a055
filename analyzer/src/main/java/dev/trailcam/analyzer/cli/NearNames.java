// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.util.Comparator;
import java.util.List;

/** Names that somebody who wrote another one may have meant. */
final class NearNames {
  private static final int MAX = 3;
  private static final int LONGEST = 200;

  private NearNames() {}

  /** At most three, the nearest first. */
  static List<String> of(String written, List<String> names) {
    if (written.isEmpty() || written.length() > LONGEST) {
      return List.of();
    }
    int most = Math.max(2, written.length() / 5);
    return names.stream()
        .filter(name -> name.contains(written) || distance(written, name) <= most)
        .sorted(
            Comparator.<String>comparingInt(name -> distance(written, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MAX)
        .toList();
  }

  /** How many characters must be added, removed or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[before.length];
      now[0] = i;
      for (int j = 1; j < now.length; j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[b.length()];
  }
}
