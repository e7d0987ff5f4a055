// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.Set;

/** Values of HTTP headers that carry secrets. The scheme and the names of cookies stay. */
final class Headers {
  private static final Set<String> AUTHORIZATION = Set.of("authorization", "proxy-authorization");
  private static final Set<String> COOKIES = Set.of("cookie", "set-cookie");

  /** RFC 9110, IANA's registry of schemes, and those of well-known services. */
  private static final Set<String> SCHEMES =
      Set.of(
          "basic",
          "bearer",
          "digest",
          "dpop",
          "hoba",
          "mutual",
          "negotiate",
          "ntlm",
          "oauth",
          "token",
          "apikey",
          "api-key",
          "key",
          "aws",
          "aws4-hmac-sha256",
          "hawk",
          "geniekey",
          "sso-key",
          "splunk",
          "private-token",
          "jwt",
          "bot",
          "ssws",
          "sharedkey",
          "sharedaccesssignature");

  private static final int MAX_SCHEME = 32;

  static boolean isHeader(String name, SecretName meaning) {
    return AUTHORIZATION.contains(name)
        || COOKIES.contains(name)
        || (meaning != SecretName.NONE && name.indexOf('-') > 0);
  }

  /**
   * Hides the secrets of a header.
   *
   * @param nameStart where its name starts
   * @param value the first byte behind the colon
   * @return where the header ends
   */
  int hide(Text text, String name, int nameStart, int value) {
    int start = text.skipBlanks(value);
    boolean delimited = isDelimited(text, nameStart);
    if (COOKIES.contains(name)) {
      int end = delimited ? endOfLine(text, nameStart, start) : endOfPairs(text, start);
      hideCookies(text, start, end);
      return end;
    }
    int secret = AUTHORIZATION.contains(name) ? afterScheme(text, start) : start;
    int end = delimited ? endOfLine(text, nameStart, secret) : endOfWord(text, secret);
    if (secret < end && !SecretValue.isPlaceholder(text, secret, end)) {
      text.hide(secret, end);
    }
    return end;
  }

  /** Hides the value of each name=value; text without a sign is no cookie. */
  static void hideCookies(Text text, int start, int end) {
    int i = start;
    while (i < end) {
      int pair = text.find(';', i, end);
      int value = text.find('=', i, pair) + 1;
      if (value < pair && !SecretValue.isPlaceholder(text, value, pair)) {
        text.hide(value, pair);
      }
      i = text.skipBlanks(pair + 1);
    }
  }

  /** Whether something tells where the header ends: the argument, a quote, a line break. */
  private static boolean isDelimited(Text text, int nameStart) {
    int before = text.at(nameStart - 1);
    return nameStart == 0 || Ascii.isQuote(before) || before == '\n';
  }

  private static int endOfLine(Text text, int nameStart, int start) {
    int before = text.at(nameStart - 1);
    int i = start;
    while (i < text.length() && !isLineBreak(text, i)) {
      if (Ascii.isQuote(before) && text.at(i) == before) {
        break;
      }
      i++;
    }
    while (i > start && (text.at(i - 1) == '\\' || Ascii.isBlank(text.at(i - 1)))) {
      i--;
    }
    return i;
  }

  private static boolean isLineBreak(Text text, int i) {
    int b = text.at(i);
    boolean written = b == '\\' && (text.at(i + 1) == 'n' || text.at(i + 1) == 'r');
    return b == '\n' || b == '\r' || written;
  }

  /** The end of words of which each but the last ends in a semicolon. */
  private static int endOfPairs(Text text, int start) {
    int end = endOfWord(text, start);
    while (text.at(end - 1) == ';' && end > start && text.at(end) == ' ') {
      end = endOfWord(text, end + 1);
    }
    return end;
  }

  private static int endOfWord(Text text, int start) {
    int i = start;
    while (i < text.length()
        && !Ascii.isBlank(text.at(i))
        && !Ascii.isQuote(text.at(i))
        && text.at(i) != '\\') {
      i++;
    }
    return i;
  }

  private static int afterScheme(Text text, int start) {
    int i = start;
    while (i - start < MAX_SCHEME && Ascii.isName(text.at(i))) {
      i++;
    }
    int gap = text.at(i) == '\\' ? i + 1 : i;
    boolean blank = text.at(gap) == ' ' || text.at(gap) == '+';
    return blank && SCHEMES.contains(text.lowerCase(start, i)) ? text.skipBlanks(gap + 1) : start;
  }
}
