// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.Set;

/** Tells values from what stands in the place of one: variables, paths, yes and no. */
final class SecretValue {
  /** Longer values are no word, path or placeholder of these lists. */
  private static final int MAX_WORD = 256;

  /** What people write instead of each letter of a secret. */
  private static final String MASKED = "*xX.-_#?";

  private static final int MIN_NUMBER = 6;
  private static final int MIN_GENERATED = 6;

  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "null",
          "none",
          "nil",
          "undefined",
          "enabled",
          "disabled",
          "required",
          "optional",
          "0",
          "1",
          "-");

  private static final Set<String> ROOTS =
      Set.of(
          "etc",
          "usr",
          "var",
          "home",
          "root",
          "tmp",
          "run",
          "opt",
          "proc",
          "dev",
          "sys",
          "mnt",
          "srv",
          "data",
          "bin",
          "lib",
          "boot",
          "media",
          "secrets",
          "work",
          "workspace",
          "builds",
          "app",
          "github",
          "private",
          "users");

  private static final Set<String> EXTENSIONS =
      Set.of(
          "pem",
          "key",
          "crt",
          "cer",
          "der",
          "pub",
          "txt",
          "json",
          "yml",
          "yaml",
          "toml",
          "xml",
          "p12",
          "pfx",
          "jks",
          "keystore",
          "env",
          "conf",
          "cfg",
          "ini",
          "properties",
          "asc",
          "gpg",
          "enc",
          "sh",
          "py",
          "js",
          "c",
          "h");

  private SecretValue() {}

  /** Whether a value of this meaning is a secret. */
  static boolean isSecret(Text text, int start, int end, SecretName meaning) {
    if (start >= end || meaning == SecretName.NONE) {
      return false;
    }
    // First, so that what is looked at again and again is short.
    if (end - start > MAX_WORD) {
      return true;
    }
    if (isPlaceholder(text, start, end) || isCode(text, start, end)) {
      return false;
    }
    String value = text.lowerCase(start, end);
    return !WORDS.contains(value)
        && !value.contains("://")
        && !isPath(value, meaning)
        && !isMount(value)
        && (meaning == SecretName.PASSWORD || !isSmallNumber(value));
  }

  /** Whether a value looks made by a machine; where prose may stand instead of a value. */
  static boolean isGenerated(Text text, int start, int end) {
    if (end - start > MAX_WORD) {
      return true;
    }
    boolean letter = false;
    boolean digit = false;
    for (int i = start; i < end; i++) {
      letter |= Ascii.isLetter(text.at(i));
      digit |= Ascii.isDigit(text.at(i));
    }
    return end - start >= MIN_GENERATED && letter && digit;
  }

  /** $NAME, ${…}, $(…), `…`, %s, %NAME%, {{…}}, &lt;…&gt;, ****, and what a regex may match. */
  static boolean isPlaceholder(Text text, int start, int end) {
    int first = text.at(start);
    int second = text.at(start + 1);
    int last = text.at(end - 1);
    if (first == '$') {
      return second == '{' || second == '(' || isVariable(text, start + 1, end);
    }
    if (first == '%') {
      return end - start == 2 || second == '{' || last == '%';
    }
    return first == '`'
        || (first == '.' && (second == '*' || second == '+'))
        || (first == '[' && second == '^')
        || (first == '{' && second == '{')
        || (first == '<' && last == '>')
        || (MASKED.indexOf(first) >= 0 && isOneByte(text, start, end));
  }

  private static boolean isVariable(Text text, int start, int end) {
    for (int i = start; i < end; i++) {
      int b = text.at(i);
      boolean expanded = text.script() && (Ascii.isAlnum(b) || Ascii.isQuote(b));
      if (!expanded && !Ascii.isUpper(b) && !Ascii.isDigit(b) && b != '_') {
        // In what sed reads, the expression ends here.
        return b == '/' && i > start;
      }
    }
    return start < end;
  }

  private static boolean isOneByte(Text text, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (text.at(i) != text.at(start)) {
        return false;
      }
    }
    return true;
  }

  /** A call or a subscript: getpass(), os.environ["X"]. */
  private static boolean isCode(Text text, int start, int end) {
    int i = start;
    while (i < end && (Ascii.isLetter(text.at(i)) || text.at(i) == '.' || text.at(i) == '_')) {
      i++;
    }
    boolean opens = text.at(i) == '(' || (text.at(i) == '[' && !text.isMarked(i));
    return i > start && i <= end && opens;
  }

  private static boolean isPath(String value, SecretName meaning) {
    String path = value.startsWith("@") ? value.substring(1) : value;
    if (path.startsWith("./") || path.startsWith("../") || path.startsWith("~/")) {
      return true;
    }
    for (int i = 0; i < path.length(); i++) {
      if (!Ascii.isName(path.charAt(i)) && path.charAt(i) != '/') {
        return false;
      }
    }
    int slash = path.indexOf('/', 1);
    if (path.startsWith("/") && slash > 0 && ROOTS.contains(path.substring(1, slash))) {
      return true;
    }
    int dot = path.lastIndexOf('.');
    boolean file = dot > 0 && EXTENSIONS.contains(path.substring(dot + 1));
    boolean key = meaning == SecretName.KEY || meaning == SecretName.CREDENTIALS;
    return file || (key && path.startsWith("/"));
  }

  /** What build tools and containers take for a secret: id=name,src=path. */
  private static boolean isMount(String value) {
    return value.startsWith("id=")
        || value.startsWith("src=")
        || value.startsWith("source=")
        || value.contains(",type=");
  }

  private static boolean isSmallNumber(String value) {
    return value.length() < MIN_NUMBER && value.chars().allMatch(Ascii::isDigit);
  }
}
