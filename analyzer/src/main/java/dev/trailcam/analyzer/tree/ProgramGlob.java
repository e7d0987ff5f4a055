// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.regex.Pattern;

/**
 * Programs by their path or, where the pattern has no slash, by the last part of it. {@code *} and
 * {@code ?} stay within what slashes enclose, {@code **} does not; every other character is itself.
 *
 * @param text the pattern
 */
public record ProgramGlob(String text) {
  private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_/]");

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if it is empty; the message ends a sentence
   */
  public ProgramGlob {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
  }

  /**
   * A regular expression for the whole path, which RE2 decides in time that grows with the path.
   */
  public String regex() {
    StringBuilder regex = new StringBuilder(text.indexOf('/') < 0 ? "(?s)(?:.*/)?" : "(?s)");
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (text.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
        continue;
      }
      i += Character.charCount(c);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        default -> literal(regex, c);
      }
    }
    return regex.toString();
  }

  private static void literal(StringBuilder regex, int c) {
    String one = Character.toString(c);
    if (SPECIAL.matcher(one).matches()) {
      regex.append("\\x{").append(Integer.toHexString(c)).append('}');
    } else {
      regex.append(one);
    }
  }
}
