// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

/**
 * One word of a command line: a whole argument, or a part of one that holds a command.
 *
 * @param start of the word without its quotes
 * @param end of the word without its quotes
 */
record Word(Text text, int start, int end) {
  int length() {
    return end - start;
  }

  /** The byte at an offset in the word; 0 outside. */
  int at(int offset) {
    return offset >= 0 && offset < length() ? text.at(start + offset) : 0;
  }

  boolean is(String lowerCase) {
    return length() == lowerCase.length() && text.hasAt(start, lowerCase);
  }

  boolean startsWith(String lowerCase) {
    return length() >= lowerCase.length() && text.hasAt(start, lowerCase);
  }

  /** Whether the word starts with this text, the case of letters included. */
  boolean startsExactly(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (at(i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a parser of options would take the word for one, not for a value. */
  boolean isOption() {
    if (at(0) != '-') {
      return false;
    }
    int name = at(1) == '-' ? 2 : 1;
    if (length() - name < 2) {
      return true;
    }
    for (int i = name; i < length() && at(i) != '='; i++) {
      // A generated secret that starts with a dash has more than this.
      if (!Ascii.isLower(at(i)) && at(i) != '-') {
        return false;
      }
    }
    return true;
  }

  /** The word's value behind a prefix, without quotes around it. */
  Word from(int offset) {
    int from = start + offset;
    int quote = text.at(from);
    boolean quoted = Ascii.isQuote(quote) && end - from >= 2 && text.at(end - 1) == quote;
    return quoted ? new Word(text, from + 1, end - 1) : new Word(text, from, end);
  }

  void hide() {
    text.hide(start, end);
  }
}
