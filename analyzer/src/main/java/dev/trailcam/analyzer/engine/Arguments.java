// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Arguments of executions of which there are many to show. */
final class Arguments {
  /** As much as anybody reads in a line; the evidence has the rest. */
  private static final int MAX_CHARS = 4096;

  private Arguments() {}

  /** As the engine gives them, or null where it gives none. */
  static List<String> of(Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      texts.add(element == null ? "" : (String) element);
    }
    return texts;
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
