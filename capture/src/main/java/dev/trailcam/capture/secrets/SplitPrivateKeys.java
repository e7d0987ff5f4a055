// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.List;

/** A private key that a shell took apart at its blanks, because nobody quoted the variable. */
final class SplitPrivateKeys implements CommandRule {
  @Override
  public void hideIn(List<Word> words) {
    boolean inside = false;
    for (int i = 1; i < words.size(); i++) {
      Word word = words.get(i);
      if (inside && isBase64(word)) {
        word.hide();
      } else if (inside) {
        inside = false;
      } else if (word.startsWith("key-----") && words.get(i - 1).is("private")) {
        Word rest = word.from("key-----".length());
        inside = rest.length() == 0 || isBase64(rest);
        if (inside) {
          rest.hide();
        }
      }
    }
  }

  private static boolean isBase64(Word word) {
    for (int i = 0; i < word.length(); i++) {
      int b = word.at(i);
      if (!Ascii.isAlnum(b) && b != '+' && b != '/' && b != '=') {
        return false;
      }
    }
    return word.length() > 0;
  }
}
