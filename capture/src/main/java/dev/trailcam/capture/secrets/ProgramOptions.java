// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Values of the options that {@link ProgramOption} lists, behind a word that names the program. */
final class ProgramOptions implements CommandRule {
  private static final int MAX_PROGRAM = 32;

  /** curl's letters without a value, which may stand before others in one word. */
  private static final String CURL_LETTERS = "#012346fgGiIjJklLnNOpqRsSvVZ";

  private final Map<String, List<ProgramOption>> byProgram = new HashMap<>();

  ProgramOptions() {
    for (ProgramOption option : ProgramOption.ALL) {
      for (String program : option.programs()) {
        byProgram.computeIfAbsent(program, name -> new ArrayList<>()).add(option);
      }
    }
  }

  /** Text of which each command that has such an option holds some, in lower case. */
  static List<String> triggers() {
    Set<String> triggers = new TreeSet<>();
    for (ProgramOption option : ProgramOption.ALL) {
      boolean login = option.where() == ProgramOption.Place.NEXT_OF_LOGIN;
      triggers.addAll(login ? Set.of("login") : option.programs());
    }
    // HTTPie's names are in every URL: its options are only found beside another trigger.
    triggers.removeAll(Set.of("http", "https"));
    return List.copyOf(triggers);
  }

  @Override
  public void hideIn(List<Word> words) {
    List<ProgramOption> options = List.of();
    boolean login = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      // Behind a wrapper or in a container, the program is any word.
      if (word.length() < 2) {
        continue;
      }
      List<ProgramOption> own = byProgram.get(baseName(word));
      options = own != null ? own : options;
      login |= word.is("login");
      Word next = i + 1 < words.size() ? words.get(i + 1) : null;
      for (ProgramOption option : options) {
        hide(option, word, next, login);
      }
    }
  }

  private static void hide(ProgramOption option, Word word, Word next, boolean login) {
    int letter = bundled(option, word);
    int length = letter > 0 ? letter + 1 : option.flag().length();
    if (letter <= 0 && !word.startsExactly(option.flag())) {
      return;
    }
    if (word.length() > length) {
      if (option.where() == ProgramOption.Place.ATTACHED
          || option.where() == ProgramOption.Place.BOTH) {
        hide(option.part(), word.from(length));
      }
    } else if (next != null && !next.isOption() && mayBeNext(option.where(), login)) {
      hide(option.part(), next.from(0));
    }
  }

  private static boolean mayBeNext(ProgramOption.Place where, boolean login) {
    return switch (where) {
      case ATTACHED -> false;
      case NEXT, BOTH -> true;
      case NEXT_OF_LOGIN -> login;
    };
  }

  /** Where curl's letter stands behind others in one word, as in -su; or -1. */
  private static int bundled(ProgramOption option, Word word) {
    boolean letters = option.flag().length() == 2 && option.programs().contains("curl");
    if (!letters || word.at(0) != '-' || word.at(1) == '-') {
      return -1;
    }
    int i = 1;
    while (i < word.length() && CURL_LETTERS.indexOf(word.at(i)) >= 0) {
      i++;
    }
    return i > 1 && word.at(i) == option.flag().charAt(1) ? i : -1;
  }

  private static void hide(ProgramOption.Part part, Word value) {
    Text text = value.text();
    int start =
        switch (part) {
          case WHOLE -> isPorts(value) ? value.end() : value.start();
          case BEHIND_COLON -> text.find(':', value.start(), value.end()) + 1;
          case BEHIND_PERCENT -> text.find('%', value.start(), value.end()) + 1;
          case BEHIND_COMMA -> text.find(',', value.start(), value.end()) + 1;
          case COOKIES -> {
            Headers.hideCookies(text, value.start(), value.end());
            yield value.end();
          }
        };
    if (start < value.end() && !SecretValue.isPlaceholder(text, start, value.end())) {
      text.hide(start, value.end());
    }
  }

  /** 3306:3306 is what containers publish. */
  private static boolean isPorts(Word value) {
    boolean colon = false;
    for (int i = 0; i < value.length(); i++) {
      if (!Ascii.isDigit(value.at(i)) && value.at(i) != ':') {
        return false;
      }
      colon |= value.at(i) == ':';
    }
    return colon;
  }

  private static String baseName(Word word) {
    int start = word.start();
    for (int i = word.end() - 1; i >= start && i >= word.end() - MAX_PROGRAM; i--) {
      if (word.text().at(i) == '/') {
        start = i + 1;
      }
    }
    boolean name = word.end() - start <= MAX_PROGRAM;
    return name ? word.text().lowerCase(start, word.end()) : "";
  }
}
