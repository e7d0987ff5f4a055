// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes apart what a shell may be given to read: simple commands of words, those in quotes and in
 * substitutions included. It reads more as commands than a shell would, since it cannot know who
 * reads an argument.
 */
final class ShellWords {
  private static final String SEPARATORS = ";|&\n()`";
  private static final int MAX_DEPTH = 4;

  private final Text text;
  private final List<List<Word>> commands = new ArrayList<>();

  private ShellWords(Text text) {
    this.text = text;
  }

  /** The commands in a text; none if it is one word. */
  static List<List<Word>> commands(Text text) {
    ShellWords words = new ShellWords(text);
    words.split(0, text.length(), 0);
    return words.commands;
  }

  private void split(int start, int end, int depth) {
    if (depth > MAX_DEPTH || !hasBlank(start, end)) {
      return;
    }
    List<Word> command = new ArrayList<>();
    int i = start;
    while (i < end) {
      int b = text.at(i);
      if (SEPARATORS.indexOf(b) >= 0) {
        add(command);
        command = new ArrayList<>();
        i++;
      } else if (Ascii.isBlank(b)) {
        i++;
      } else {
        int wordEnd = wordEnd(i, end);
        Word word = unquoted(i, wordEnd);
        command.add(word);
        split(word.start(), word.end(), depth + 1);
        i = wordEnd;
      }
    }
    add(command);
  }

  private void add(List<Word> command) {
    if (!command.isEmpty()) {
      commands.add(command);
    }
  }

  private boolean hasBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (Ascii.isBlank(text.at(i))) {
        return true;
      }
    }
    return false;
  }

  private int wordEnd(int start, int end) {
    int i = start;
    while (i < end && !Ascii.isBlank(text.at(i)) && SEPARATORS.indexOf(text.at(i)) < 0) {
      int b = text.at(i);
      if (b == '\\') {
        i += 2;
      } else if (b == '"' || b == '\'') {
        i = closing(i, end) + 1;
      } else {
        i++;
      }
    }
    return Math.min(i, end);
  }

  private int closing(int quote, int end) {
    int i = quote + 1;
    while (i < end && text.at(i) != text.at(quote)) {
      i += text.at(i) == '\\' && text.at(quote) == '"' ? 2 : 1;
    }
    return i;
  }

  /** Without the quotes around the whole word, escaped ones included. */
  private Word unquoted(int start, int end) {
    int from = start;
    int to = end;
    if (text.at(from) == '\\' && Ascii.isQuote(text.at(from + 1))) {
      from += 2;
    }
    if (to - from >= 2 && text.at(to - 2) == '\\' && Ascii.isQuote(text.at(to - 1))) {
      to -= 2;
    }
    int quote = text.at(from);
    boolean quoted = quote == '"' || quote == '\'';
    if (quoted && closing(from, to) >= to - 1) {
      boolean closed = to - from >= 2 && text.at(to - 1) == quote;
      return new Word(text, from + 1, closed ? to - 1 : to);
    }
    return new Word(text, Math.min(from, to), to);
  }
}
