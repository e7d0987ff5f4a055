// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the text of an expression comes from.
 *
 * @param columns whatever the text is, it is a part of the text in one of these
 * @param blanks whether a blank in it is one there as well
 */
record TextOrigin(Set<String> columns, boolean blanks) {
  TextOrigin {
    columns = Set.copyOf(columns);
  }

  TextOrigin withoutBlanks() {
    return new TextOrigin(columns, false);
  }

  /** What is needed of a text that holds all of these; of each the longest piece will do. */
  Optional<NecessaryText> need(List<String> parts) {
    List<String> pieces = new ArrayList<>();
    for (String part : parts) {
      pieces.addAll(blanks ? List.of(part) : Arrays.asList(part.split(" ", -1)));
    }
    return pieces.stream()
        .filter(piece -> length(piece) >= NecessaryText.MIN_LENGTH)
        .max(Comparator.comparingInt(TextOrigin::length).thenComparing(Comparator.reverseOrder()))
        .map(piece -> new NecessaryText(new TreeSet<>(Set.of(piece)), new TreeSet<>(columns)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
