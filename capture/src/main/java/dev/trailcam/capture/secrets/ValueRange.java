// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

/**
 * Where a value stands.
 *
 * @param start behind an opening quote
 * @param end before a closing quote
 */
record ValueRange(int start, int end, boolean quoted) {
  private static final String ENDS = "\"'`;&|)}]<>";
  private static final int MAX_NEXT_NAME = 64;

  /**
   * The value of an assignment.
   *
   * @param nameStart where the name, with its dashes, starts
   * @param value the first byte behind the sign
   * @param query whether the assignment is a parameter of a URL
   * @param flag whether it is a flag at the start of an argument
   */
  static ValueRange assigned(Text text, int nameStart, int value, boolean query, boolean flag) {
    boolean ansi = text.at(value) == '$' && text.at(value + 1) == '\'';
    int start = ansi ? value + 1 : value;
    if (openingQuote(text, start) >= 0) {
      return inText(text, start);
    }
    boolean toEnd = flag || (!query && isHead(text, nameStart) && !isScript(text, value));
    if (!toEnd) {
      return unquoted(text, value, query);
    }
    int end = value;
    while (end < text.length() && !isNextPair(text, end)) {
      end++;
    }
    return new ValueRange(value, flag ? text.length() : end, false);
  }

  /** A value in running text: quoted, or up to what ends a word. */
  static ValueRange inText(Text text, int start) {
    int quoteAt = openingQuote(text, start);
    if (quoteAt < 0) {
      return unquoted(text, start, false);
    }
    int depth = quoteAt - start;
    int quote = text.at(quoteAt);
    int slashes = 0;
    for (int i = quoteAt + 1; i < text.length(); i++) {
      if (text.at(i) == '\\') {
        slashes++;
        continue;
      }
      // A quote is as deeply escaped as the one that opened, or it belongs to the value.
      boolean closes = depth == 0 ? quote == '\'' || slashes % 2 == 0 : slashes <= depth;
      if (text.at(i) == quote && closes) {
        return new ValueRange(quoteAt + 1, depth == 0 ? i : i - slashes, true);
      }
      slashes = 0;
    }
    return new ValueRange(quoteAt + 1, text.length(), true);
  }

  /** Where a quote opens at a position, behind backslashes; -1 if none does. */
  private static int openingQuote(Text text, int start) {
    int i = start;
    while (text.at(i) == '\\' && i - start < 8) {
      i++;
    }
    return text.at(i) == '"' || text.at(i) == '\'' ? i : -1;
  }

  private static ValueRange unquoted(Text text, int start, boolean query) {
    int end = start;
    while (end < text.length() && !isEnd(text, start, end, query)) {
      end++;
    }
    return new ValueRange(start, end, false);
  }

  private static boolean isEnd(Text text, int start, int i, boolean query) {
    int b = text.at(i);
    if (text.at(start) == '$' && (b == '}' || b == ')')) {
      return false;
    }
    return Ascii.isBlank(b)
        || (b >= 0 && b < ' ')
        || ENDS.indexOf(b) >= 0
        || (b == '\\' && ends(text, i + 1))
        || (query && b == '#')
        || (b == ',' && isNextPair(text, i));
  }

  /** Whether what a backslash escapes ends a value: a quote, or a line break written out. */
  private static boolean ends(Text text, int i) {
    int b = text.at(i);
    return b == '\\' || Ascii.isQuote(b) || b == 'n' || b == 'r';
  }

  /** Whether the next assignment follows a separator: ,name= ;name= &name= and blank name=. */
  private static boolean isNextPair(Text text, int separator) {
    int b = text.at(separator);
    if (b != ',' && b != ';' && b != '&' && b != ' ') {
      return false;
    }
    int i = separator + 1;
    if (text.at(i) == ' ') {
      i++;
    }
    int name = i;
    while (Ascii.isName(text.at(i)) && i - name < MAX_NEXT_NAME) {
      i++;
    }
    return i > name && text.at(i) == '=' && text.at(i + 1) != '=';
  }

  /** Whether only names and signs stand before: --from-literal=password=x, -e password=x. */
  private static boolean isHead(Text text, int nameStart) {
    for (int i = 0; i < nameStart; i++) {
      if (!Ascii.isName(text.at(i)) && text.at(i) != '=') {
        return false;
      }
      if (i > MAX_NEXT_NAME) {
        return false;
      }
    }
    return true;
  }

  /** Whether a command follows the assignment. */
  private static boolean isScript(Text text, int value) {
    if (text.script()) {
      return true;
    }
    for (int i = value; i < text.length(); i++) {
      int b = text.at(i);
      boolean next = Ascii.isBlank(text.at(i + 1));
      if (b == '\n' || b == '`' || (next && (b == ';' || b == '|' || b == '&'))) {
        return true;
      }
      if ((b == '&' && text.at(i + 1) == '&') || (b == '$' && text.at(i + 1) == '(')) {
        return true;
      }
    }
    return false;
  }
}
