// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

/** What bodies of tokens are made of. */
enum TokenBytes {
  /** 0-9 a-f A-F. */
  HEX,
  /** 0-9 A-Z. */
  UPPER,
  /** Letters and digits. */
  ALNUM,
  /** Letters, digits and _. */
  WORD,
  /** Letters, digits and -. */
  DASHED,
  /** base64url (RFC 4648, section 5): letters, digits, _ and -. */
  BASE64URL,
  /** base64url with the = that fill it up. */
  PADDED,
  /** base64url in parts, with dots between. */
  DOTTED,
  /** base64 (RFC 4648, section 4) and base64url. */
  BASE64;

  boolean has(int b) {
    return switch (this) {
      case HEX -> Ascii.isHex(b);
      case UPPER -> Ascii.isUpper(b) || Ascii.isDigit(b);
      case ALNUM -> Ascii.isAlnum(b);
      case WORD -> Ascii.isAlnum(b) || b == '_';
      case DASHED -> Ascii.isAlnum(b) || b == '-';
      case BASE64URL -> Ascii.isAlnum(b) || b == '_' || b == '-';
      case PADDED -> Ascii.isAlnum(b) || b == '_' || b == '-' || b == '=';
      case DOTTED -> Ascii.isName(b);
      case BASE64 -> (Ascii.isName(b) && b != '.') || b == '+' || b == '/' || b == '=';
    };
  }
}
