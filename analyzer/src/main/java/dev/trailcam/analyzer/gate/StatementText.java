// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.List;

/** Where a statement that is being typed ends. */
public final class StatementText {

  private StatementText() {}

  /** Whether the last thing in a text is a semicolon that is no part of a literal or a comment. */
  public static boolean ended(String sql) {
    return end(sql) < sql.length();
  }

  /** Whether there is anything but white space, comments and semicolons. */
  public static boolean empty(String sql) {
    return TextScan.tokens(sql).stream().allMatch(start -> sql.charAt(start) == ';');
  }

  /** The text up to the semicolons at its end. */
  public static String withoutEnd(String sql) {
    return sql.substring(0, end(sql));
  }

  private static int end(String sql) {
    List<Integer> tokens = TextScan.tokens(sql);
    int end = sql.length();
    for (int i = tokens.size() - 1; i >= 0 && sql.charAt(tokens.get(i)) == ';'; i--) {
      end = tokens.get(i);
    }
    return end;
  }
}
