// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds what RE2, which DuckDB has, and Java, which Spark has, read differently in a regular
 * expression. What one of them refuses is found by asking it; here is what both accept and take for
 * different things, and what the other refuses with a message that helps nobody.
 *
 * <p>Not told: {@code $}, which in Java also matches before a last line feed.
 */
final class PatternDialects {
  private static final String LETTERS_ALIKE = "AbBdDsSwWzpPfnrtax";
  private static final String FLAGS_ALIKE = "ims-";

  private final String pattern;
  private final List<String> differences = new ArrayList<>();
  private int at;

  private PatternDialects(String pattern) {
    this.pattern = pattern;
  }

  /** What to change, one clause each; empty when both read it alike. */
  static List<String> differences(String pattern) {
    PatternDialects dialects = new PatternDialects(pattern);
    dialects.scan();
    if (dialects.differences.isEmpty()) {
      dialects.compile();
    }
    return dialects.differences;
  }

  private void compile() {
    try {
      Pattern unused = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      differences.add("is refused by Java: " + e.getDescription());
    } catch (StackOverflowError e) {
      differences.add("is nested too deeply");
    }
  }

  private void scan() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        characterClass();
      } else if (pattern.startsWith("(?", at)) {
        group();
      } else if ("*+?}".indexOf(c) >= 0 && pattern.startsWith("+", at + 1)) {
        tell("has the possessive quantifier " + c + "+, which RE2 does not know");
        at += 2;
      } else {
        at++;
      }
    }
  }

  private void escape() {
    char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    if (c == 'Q') {
      int end = pattern.indexOf("\\E", at);
      at = end < 0 ? pattern.length() : end + 2;
      return;
    }
    if (c >= '0' && c <= '9') {
      tell("has \\" + c + ": RE2 knows no back references, and octal numbers differ");
    } else if (Character.isLetter(c) && LETTERS_ALIKE.indexOf(c) < 0) {
      tell("has \\" + c + ", which RE2 and Java do not read alike");
    }
    at += 2;
  }

  private void group() {
    String rest = pattern.substring(at + 2);
    if (rest.startsWith("=")
        || rest.startsWith("!")
        || rest.startsWith("<=")
        || rest.startsWith("<!")) {
      tell("looks ahead or behind, which RE2 cannot");
    } else if (rest.startsWith(">")) {
      tell("has an atomic group, which RE2 does not know");
    } else if (rest.startsWith("P") || rest.startsWith("<")) {
      tell("has a named group, which RE2 and Java write differently");
    } else {
      for (int i = 0; i < rest.length() && rest.charAt(i) != ')' && rest.charAt(i) != ':'; i++) {
        if (FLAGS_ALIKE.indexOf(rest.charAt(i)) < 0) {
          tell("has the flag " + rest.charAt(i) + ", which RE2 and Java do not read alike");
          break;
        }
      }
    }
    at += 2;
  }

  /** Java has unions and intersections in brackets, RE2 has names. */
  private void characterClass() {
    at++;
    at += pattern.startsWith("^", at) ? 1 : 0;
    if (pattern.startsWith("]", at)) {
      tell("has ] first in brackets; write \\]");
      at++;
    }
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      if (pattern.charAt(at) == '\\') {
        escape();
        continue;
      }
      if (pattern.startsWith("[:", at)) {
        tell("has a class such as [:alpha:], which Java takes for its letters; write [A-Za-z]");
        at++;
      } else if (pattern.charAt(at) == '[') {
        tell("has [ in brackets, which Java takes for a union; write \\[");
      } else if (pattern.startsWith("&&", at)) {
        tell("has && in brackets, which Java takes for an intersection; write & once");
        at++;
      }
      at++;
    }
    at++;
  }

  private void tell(String difference) {
    differences.add(difference);
  }
}
