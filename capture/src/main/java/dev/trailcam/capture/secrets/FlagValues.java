// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.List;

/** The word behind a flag whose name says secret: --password X, -storepass X. */
final class FlagValues implements CommandRule {
  private static final int MAX_NAME = 64;

  /** How openssl is told a password, and where it is (openssl-passphrase-options(1)). */
  private static final String LITERAL = "pass:";

  private static final List<String> OTHER_SOURCES = List.of("env:", "file:", "fd:");

  @Override
  public void hideIn(List<Word> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      SecretName meaning = meaning(words.get(i));
      Word next = words.get(i + 1);
      if (meaning != SecretName.NONE && !next.isOption()) {
        hide(next.from(0), meaning);
      }
    }
  }

  /** Hides a word that is the value of something with this meaning. */
  static void hide(Word value, SecretName meaning) {
    // What follows is a redirection, or the next line.
    boolean shell = "<>".indexOf(value.at(0)) >= 0 || value.is("\\") || value.is("\\\n");
    if (shell || !SecretValue.isSecret(value.text(), value.start(), value.end(), meaning)) {
      return;
    }
    int start = value.start();
    if (OTHER_SOURCES.stream().anyMatch(value::startsWith)) {
      return;
    }
    if (value.startsWith(LITERAL)) {
      start += LITERAL.length();
    }
    if (meaning == SecretName.CREDENTIALS) {
      start = NamedValues.afterUser(value.text(), start, value.end());
    }
    value.text().hide(start, value.end());
  }

  private static SecretName meaning(Word word) {
    if (word.at(0) != '-' || word.length() > MAX_NAME) {
      return SecretName.NONE;
    }
    StringBuilder name = new StringBuilder();
    for (int i = word.at(1) == '-' ? 2 : 1; i < word.length(); i++) {
      if (!Ascii.isName(word.at(i))) {
        return SecretName.NONE;
      }
      name.append((char) word.at(i));
    }
    return SecretName.ofFlag(name.toString());
  }
}
