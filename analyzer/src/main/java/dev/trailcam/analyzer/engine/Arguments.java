// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.capture.secrets.Masked;
import dev.trailcam.capture.secrets.SecretMask;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Arguments on their way out of the engine. Rules see them as they were recorded, people only
 * without secrets: a capture may have been recorded without a mask, or by one that knew less.
 */
final class Arguments {
  /** As much as anybody reads in a line; the evidence has the rest. */
  private static final int MAX_CHARS = 4096;

  private final SecretMask mask;

  /**
   * How arguments are shown.
   *
   * @param secrets whether they are shown as they were recorded
   */
  Arguments(boolean secrets) {
    mask = secrets ? null : SecretMask.withoutKey();
  }

  /** As the engine gives them, or null where it gives none. */
  static List<String> recorded(Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      texts.add(element == null ? "" : (String) element);
    }
    return texts;
  }

  /** As they may be shown; null for null. */
  List<String> of(Array array) throws SQLException {
    return shown(recorded(array));
  }

  /** The same of those that were read already. */
  synchronized List<String> shown(List<String> argv) {
    if (mask == null || argv == null || argv.isEmpty()) {
      return argv;
    }
    Masked masked = mask.mask(argv.stream().map(text -> text.getBytes(UTF_8)).toList());
    return masked.count() == 0
        ? argv
        : masked.argv().stream().map(bytes -> new String(bytes, UTF_8)).toList();
  }

  /** A text that may be an argument or quote one; null for null. */
  synchronized String shown(String text) {
    return mask == null || text == null ? text : mask.mask(text);
  }

  /** A sentence that may quote arguments, with those that hold secrets as they are shown. */
  static String quoting(String sentence, List<String> recorded, List<String> shown) {
    if (sentence == null || recorded == null || recorded.equals(shown)) {
      return sentence;
    }
    String quoted = sentence;
    for (int i = 0; i < recorded.size(); i++) {
      if (!recorded.get(i).equals(shown.get(i))) {
        quoted = quoted.replace(recorded.get(i), shown.get(i));
      }
    }
    return quoted;
  }

  /** The first of them, the last of these perhaps cut. */
  static List<String> shortened(List<String> argv) {
    List<String> kept = new ArrayList<>();
    int room = MAX_CHARS;
    for (String argument : argv) {
      if (argument.length() >= room) {
        // Never through the middle of a pair of surrogates.
        int end =
            room > 0 && Character.isHighSurrogate(argument.charAt(room - 1)) ? room - 1 : room;
        kept.add(argument.substring(0, end));
        break;
      }
      kept.add(argument);
      room -= argument.length() + 1;
      if (room <= 0) {
        break;
      }
    }
    return kept;
  }
}
