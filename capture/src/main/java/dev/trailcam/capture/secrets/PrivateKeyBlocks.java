// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

/** What stands between the lines that begin and end a private key in PEM or OpenPGP armour. */
final class PrivateKeyBlocks implements TextRule {
  private static final String BEGIN = "-----begin ";
  private static final String PRIVATE = "private key";
  private static final String DASHES = "-----";
  private static final int MAX_LABEL = 64;

  /** Keys are base64, below a few lines of "name: value". */
  private static final String NOT_IN_KEYS = "\"'`;|&$<>";

  @Override
  public void hideIn(Text text) {
    int i = 0;
    while (i < text.length()) {
      if (!text.hasAt(i, BEGIN)) {
        i++;
        continue;
      }
      i += BEGIN.length();
      int body = bodyOf(text, i);
      if (body > 0) {
        int end = endOf(text, body);
        hideBody(text, body, end);
        i = end;
      }
    }
  }

  /** Where the key starts, or -1 if it is no private one. */
  private static int bodyOf(Text text, int label) {
    for (int i = label; i < label + MAX_LABEL && i < text.length(); i++) {
      if (text.hasAt(i, DASHES)) {
        return -1;
      }
      if (text.hasAt(i, PRIVATE)) {
        int dashes = i + PRIVATE.length();
        dashes += text.hasAt(dashes, " block") ? " block".length() : 0;
        return text.hasAt(dashes, DASHES) ? dashes + DASHES.length() : -1;
      }
    }
    return -1;
  }

  /**
   * Where the key ends: an argument that was cut has no last line. A command behind what only looks
   * like the beginning of a key stays evidence.
   */
  private static int endOf(Text text, int body) {
    int i = body;
    while (i < text.length() && !text.hasAt(i, DASHES) && NOT_IN_KEYS.indexOf(text.at(i)) < 0) {
      i++;
    }
    return i;
  }

  private static void hideBody(Text text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBreak(text, from)) {
      from++;
    }
    while (from < to && Ascii.isBlank(text.at(to - 1))) {
      to--;
    }
    // Line breaks may be written out: \n.
    while (to - from >= 2 && text.at(to - 2) == '\\' && text.at(to - 1) == 'n') {
      to -= 2;
    }
    text.hide(from, to);
  }

  private static boolean isBreak(Text text, int i) {
    boolean written = text.at(i) == '\\' && text.at(i + 1) == 'n';
    boolean writtenEnd = text.at(i - 1) == '\\' && text.at(i) == 'n';
    return Ascii.isBlank(text.at(i)) || written || writtenEnd;
  }
}
