// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.List;
import java.util.Set;

/**
 * The word behind a setting's name: aws configure set aws_secret_access_key X, npm config set
 * //registry/:_authToken X, nmcli ... password X, and netrc's login U password X.
 */
final class ConfigurationValues implements CommandRule {
  private static final Set<String> VERBS =
      Set.of("config", "configure", "nmcli", "mysqladmin", "login");

  private static final int MAX_NAME = 128;

  @Override
  public void hideIn(List<Word> words) {
    boolean sets = false;
    for (int i = 0; i + 1 < words.size(); i++) {
      Word word = words.get(i);
      if (word.length() == 0 || word.length() > MAX_NAME || word.at(0) == '-') {
        continue;
      }
      Word next = words.get(i + 1);
      if (sets && !next.isOption()) {
        FlagValues.hide(next.from(0), meaning(word));
      }
      String verb = word.text().lowerCase(word.start(), word.end());
      sets |= VERBS.contains(verb) || (i < 2 && verb.equals("set"));
    }
  }

  private static SecretName meaning(Word word) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      if (word.at(i) == ':' || word.at(i) == '/') {
        name.setLength(0);
      } else if (Ascii.isName(word.at(i))) {
        name.append((char) word.at(i));
      } else {
        return SecretName.NONE;
      }
    }
    return SecretName.ofFlag(name.toString());
  }
}
