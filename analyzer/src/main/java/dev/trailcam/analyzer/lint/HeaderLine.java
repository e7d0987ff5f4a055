// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import java.util.List;

/** Finds where a rule's metadata says something. */
final class HeaderLine {

  private HeaderLine() {}

  /** The first line of the leading comment that holds the text, from 1; 0 for none. */
  static int of(String sql, String text) {
    List<String> lines = sql.lines().toList();
    for (int i = 0; i < lines.size() && lines.get(i).startsWith("--"); i++) {
      if (lines.get(i).contains(text)) {
        return i + 1;
      }
    }
    return 0;
  }
}
