// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** name=value, "name": "value", name: value and Name: header, where the name says secret. */
final class NamedValues implements TextRule {
  private static final int MAX_NAME = 128;

  /** Secret only as parameters of a URL: alone they are words of every other program. */
  private static final Set<String> QUERY_NAMES =
      Set.of(
          "sig",
          "signature",
          "x-amz-signature",
          "x-goog-signature",
          "key",
          "code",
          "auth",
          "access",
          "session",
          "sid");

  /** Text of which each of these pairs holds some, in lower case. */
  static List<String> triggers() {
    List<String> triggers =
        new ArrayList<>(List.of("auth\"", "auth'", "auth\\", "authorization", "cookie"));
    for (String name : QUERY_NAMES) {
      triggers.add("?" + name + "=");
      triggers.add("&" + name + "=");
      triggers.add("&amp;" + name + "=");
    }
    triggers.addAll(SecretName.triggers());
    return triggers;
  }

  private static final Triggers SECRET_NAMES = new Triggers(SecretName.triggers());

  private final Headers headers = new Headers();

  @Override
  public void hideIn(Text text) {
    int i = 0;
    while (i < text.length()) {
      if (!Ascii.isName(text.at(i))) {
        i++;
        continue;
      }
      int end = i + 1;
      while (Ascii.isName(text.at(end))) {
        end++;
      }
      // What is hidden needs no second look, and is too long to get one for each name in it.
      i = text.isMarked(i) ? end : Math.max(end, named(text, i, end));
    }
  }

  /** Looks at one name; returns where to go on. */
  private int named(Text text, int runStart, int end) {
    int separator = text.at(end);
    if (separator != '='
        && separator != ':'
        && separator != '"'
        && separator != '\''
        && separator != '\\'
        && separator != '+'
        && separator != ' ') {
      return end;
    }
    int start = nameStart(text, runStart, end);
    if (start >= end || end - start > MAX_NAME) {
      return end;
    }
    if (separator == '=' && text.at(end + 1) != '=' && text.at(end + 1) != '~') {
      return assigned(text, runStart, start, end, end + 1);
    } else if (separator == '+' && text.at(end + 1) == '=') {
      return assigned(text, runStart, start, end, end + 2);
    } else if (separator == ':' && !text.hasAt(end, "://")) {
      return colon(text, runStart, start, end);
    } else if (separator == ' ') {
      return spaced(text, start, end);
    } else {
      return quotedName(text, start, end);
    }
  }

  /** Without the dashes of a flag, and without the n of a written-out line break. */
  private static int nameStart(Text text, int runStart, int end) {
    int start = runStart;
    if (text.at(runStart - 1) == '\\' && "nrt".indexOf(text.at(runStart)) >= 0) {
      start++;
    }
    while (start < end && (text.at(start) == '-' || text.at(start) == '.')) {
      start++;
    }
    return start;
  }

  private static SecretName meaning(Text text, int start, int end) {
    if (!text.holds(SECRET_NAMES, start, end)) {
      return SecretName.NONE;
    }
    // As it is: camelCase has its own words.
    StringBuilder name = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      name.append((char) text.at(i));
    }
    return SecretName.ofVariable(name.toString());
  }

  private static int assigned(Text text, int runStart, int start, int end, int value) {
    int before = text.at(runStart - 1);
    boolean query = before == '?' || before == '&' || text.hasAt(runStart - 5, "&amp;");
    SecretName meaning = meaning(text, start, end);
    if (query && meaning == SecretName.NONE && QUERY_NAMES.contains(text.lowerCase(start, end))) {
      meaning = SecretName.TOKEN;
    }
    if (meaning == SecretName.NONE) {
      return end;
    }
    boolean flag = start > runStart && runStart == 0;
    ValueRange range = ValueRange.assigned(text, runStart, value, query, flag);
    int from = range.start();
    int to = range.end();
    if (!SecretValue.isSecret(text, from, to, meaning)) {
      return end;
    }
    if (meaning == SecretName.CREDENTIALS) {
      from = afterUser(text, from, to);
    }
    if (query) {
      text.hideUrlEncoded(from, to);
    } else {
      text.hide(from, to);
    }
    return to;
  }

  /** Where the secret of "user:secret" starts; elsewhere the start. */
  static int afterUser(Text text, int start, int end) {
    boolean document = text.at(start) == '{' || text.at(start) == '[';
    int colon = text.find(':', start, end);
    return document || colon + 1 >= end ? start : colon + 1;
  }

  private int colon(Text text, int runStart, int start, int end) {
    // The user of a URL, whatever it is called.
    if (text.hasAt(runStart - 3, "://")) {
      return end;
    }
    SecretName meaning = meaning(text, start, end);
    String name = text.lowerCase(start, end);
    if (Headers.isHeader(name, meaning)) {
      return headers.hide(text, name, start, end + 1);
    }
    if (meaning == SecretName.NONE) {
      return end;
    }
    // openssl's pass:secret, curl's --pass; elsewhere too common a word to be followed.
    if (name.equals("pass")) {
      ValueRange range = ValueRange.assigned(text, runStart, end + 1, false, false);
      return hideIfSecret(text, range, meaning);
    }
    ValueRange range = ValueRange.inText(text, text.skipBlanks(end + 1));
    boolean value = range.quoted() || SecretValue.isGenerated(text, range.start(), range.end());
    return value ? hideIfSecret(text, range, meaning) : end;
  }

  /** name = "value", as in scripts and settings. */
  private static int spaced(Text text, int start, int end) {
    int equals = text.skipBlanks(end);
    SecretName meaning = text.at(equals) == '=' ? meaning(text, start, end) : SecretName.NONE;
    if (meaning == SecretName.NONE) {
      return end;
    }
    ValueRange range = ValueRange.inText(text, text.skipBlanks(equals + 1));
    return range.quoted() ? hideIfSecret(text, range, meaning) : end;
  }

  /** "name": "value", also where the quotes are escaped, and ["name"] = "value". */
  private static int quotedName(Text text, int start, int end) {
    int i = end;
    while (text.at(i) == '\\') {
      i++;
    }
    if (text.at(i) != '"' && text.at(i) != '\'') {
      return end;
    }
    i = text.at(i + 1) == ']' ? i + 2 : i + 1;
    boolean subscript = text.at(i - 1) == ']';
    i = text.skipBlanks(i);
    boolean assigned = subscript && text.at(i) == '=' && text.at(i + 1) != '=';
    boolean arrow = text.at(i) == '=' && text.at(i + 1) == '>';
    if (text.at(i) != ':' && !arrow && !assigned) {
      return end;
    }
    SecretName meaning = meaning(text, start, end);
    if (meaning == SecretName.NONE && text.lowerCase(start, end).equals("auth")) {
      meaning = SecretName.TOKEN;
    }
    int value = text.skipBlanks(arrow ? i + 2 : i + 1);
    if (meaning == SecretName.NONE || text.at(value) == '{' || text.at(value) == '[') {
      return end;
    }
    return hideIfSecret(text, ValueRange.inText(text, value), meaning);
  }

  private static int hideIfSecret(Text text, ValueRange range, SecretName meaning) {
    if (!SecretValue.isSecret(text, range.start(), range.end(), meaning)) {
      return range.start();
    }
    text.hide(range.start(), range.end());
    return range.end();
  }
}
