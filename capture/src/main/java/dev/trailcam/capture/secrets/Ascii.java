// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

/** Classes of bytes. Bytes that are not ASCII are in none of them. */
final class Ascii {
  private Ascii() {}

  static boolean isBlank(int b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  static boolean isUpper(int b) {
    return b >= 'A' && b <= 'Z';
  }

  static boolean isLower(int b) {
    return b >= 'a' && b <= 'z';
  }

  static boolean isLetter(int b) {
    return isUpper(b) || isLower(b);
  }

  static boolean isAlnum(int b) {
    return isLetter(b) || isDigit(b);
  }

  static boolean isHex(int b) {
    return isDigit(b) || (lower(b) >= 'a' && lower(b) <= 'f');
  }

  /** What names of flags, variables, headers and properties are made of. */
  static boolean isName(int b) {
    return isAlnum(b) || b == '_' || b == '-' || b == '.';
  }

  static boolean isQuote(int b) {
    return b == '"' || b == '\'' || b == '`';
  }

  static int lower(int b) {
    return isUpper(b) ? b + ('a' - 'A') : b;
  }
}
