// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of a page, each of them once. What evidence says passes {@link TerminalText} first, so that
 * what is not printable, or turns the direction of writing, is seen as what it is.
 */
final class HtmlTexts {
  /** Characters of all texts together, beyond which each gets little. */
  private static final long ROOM = 40_000_000;

  private static final int LONG = 4_000;
  private static final int SHORT = 200;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private long used;

  /** How long a text may be that comes next. */
  int limit() {
    return used < ROOM ? LONG : SHORT;
  }

  /**
   * The number of a text, which is cut at the limit; -1 for null.
   *
   * @param shown as a page shows it
   */
  int number(String shown) {
    if (shown == null) {
      return -1;
    }
    String kept = cut(shown, limit());
    Integer number = numbers.putIfAbsent(kept, texts.size());
    if (number != null) {
      return number;
    }
    texts.add(kept);
    used += kept.length();
    return texts.size() - 1;
  }

  /** The same of a text from evidence. */
  int numberOf(String hostile) {
    return hostile == null ? -1 : number(TerminalText.plain(cut(hostile, LONG)));
  }

  /** Those that have a number, in its order. */
  List<String> all() {
    return texts;
  }

  /** At most so many characters, none of them halved. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /** What a page shows of a text from evidence; null for null. */
  static String shown(String hostile) {
    return hostile == null ? null : TerminalText.plain(cut(hostile, LONG));
  }
}
