// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import org.jline.utils.WCWidth;

/** Columns that a text takes in a terminal: two for characters of East Asia, none for accents. */
final class TextWidth {

  private TextWidth() {}

  /** The width of text that is encoded and has no colours. */
  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  private static int of(int character) {
    return Math.max(0, WCWidth.wcwidth(character));
  }

  /** The longest beginning that is no wider. */
  static String start(String text, int width) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += of(c);
      if (used > width) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  /** The text, filled up with spaces behind it. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  /** The same with the spaces before it. */
  static String paddedLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - of(text))) + text;
  }
}
