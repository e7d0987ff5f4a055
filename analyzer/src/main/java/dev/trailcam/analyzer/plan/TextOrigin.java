// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the text of an expression comes from.
 *
 * @param column whatever the text is, it is a part of the text in this one
 */
record TextOrigin(String column) {

  /** What is needed of a text that holds all of these; the longest will do. */
  Optional<NecessaryText> need(List<String> parts) {
    return parts.stream()
        .filter(part -> length(part) >= NecessaryText.MIN_LENGTH && part.indexOf(0) < 0)
        .max(Comparator.comparingInt(TextOrigin::length).thenComparing(Comparator.reverseOrder()))
        .map(
            part ->
                new NecessaryText(new TreeSet<>(List.of(part)), new TreeSet<>(List.of(column))));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
