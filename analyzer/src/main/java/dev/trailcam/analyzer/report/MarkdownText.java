// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.util.regex.Pattern;

/**
 * The encoder for text from outside in Markdown. It becomes a code span: nothing in one is taken
 * for Markdown or HTML, and GitHub links no names, addresses or numbers there. Escaping every
 * character of importance instead would not do, since GitHub looks for addresses in the text that
 * comes out.
 */
final class MarkdownText {
  private static final Pattern WORDS =
      Pattern.compile("[A-Za-z0-9]+(?:,? [A-Za-z0-9]+|-[A-Za-z0-9]+)*");
  private static final String CUT = "...";

  private MarkdownText() {}

  /**
   * Text as a code span in one line.
   *
   * @param text anything, or null for what is not known
   * @param limit characters it may have at most, beyond which it is cut and says so
   */
  static String code(String text, int limit) {
    if (text == null) {
      return "?";
    }
    String shown = shortened(TerminalText.plain(text), limit);
    if (shown.isEmpty()) {
      return "(empty)";
    }
    String fence = "`".repeat(longestRun(shown) + 1);
    // A parser takes one space off either end where both have one, and none from spaces alone.
    boolean edge = shown.startsWith("`") || shown.endsWith("`");
    boolean padded = edge || (shown.startsWith(" ") && shown.endsWith(" ") && !shown.isBlank());
    return padded ? fence + " " + shown + " " + fence : fence + shown + fence;
  }

  /** Words as they are, anything else as a code span: for titles that are mostly words. */
  static String words(String text, int limit) {
    return text.length() <= limit && WORDS.matcher(text).matches() ? text : code(text, limit);
  }

  private static String shortened(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    // Never through the middle of a pair of surrogates.
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + CUT;
  }

  /** How many backquotes stand side by side at most. */
  static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
