// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.plan.NecessaryText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * SQL that asks whether a row holds at least one of many texts: in each column for those alone that
 * somebody needs there, as one regular expression, which costs much the same for one text and for a
 * hundred.
 */
final class TextTest {
  /** A part of a necessary text is as necessary; longer ones are none the rarer. */
  private static final int MAX_LENGTH = 64;

  /** A regular expression that is much larger has no room for what makes it fast. */
  private static final int MAX_EXPRESSION = 4_000;

  private final Map<String, Set<String>> literals = new TreeMap<>();

  /** A test for all these together. */
  TextTest(Collection<NecessaryText> texts) {
    for (NecessaryText text : texts) {
      for (String column : text.columns()) {
        Set<String> known = literals.computeIfAbsent(column, key -> new TreeSet<>());
        text.literals().forEach(literal -> known.add(cut(literal)));
      }
    }
  }

  /** The condition; no text is in no row. */
  String condition() {
    List<String> conditions = new ArrayList<>();
    literals.forEach(
        (column, texts) -> {
          for (String expression : expressions(texts)) {
            conditions.add(
                "coalesce(regexp_matches("
                    + lower(column)
                    + ", lower("
                    + Session.literal(expression)
                    + ")), false)");
          }
        });
    return conditions.isEmpty() ? "false" : String.join(" OR ", conditions);
  }

  /** A column's text in lower case. NULL stays, so that what repeats in it is looked at once. */
  static String lower(String column) {
    String name = Session.identifier(column);
    String text =
        NecessaryText.LISTS.contains(column) ? "array_to_string(" + name + ", ' ')" : name;
    return "lower(" + text + ")";
  }

  /** What is looked for in the place of a text. */
  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MAX_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH));
  }

  private static List<String> expressions(Set<String> texts) {
    List<List<String>> expressions = new ArrayList<>();
    int length = MAX_EXPRESSION;
    for (String text : texts) {
      if (length + text.length() > MAX_EXPRESSION) {
        expressions.add(new ArrayList<>());
        length = 0;
      }
      expressions.get(expressions.size() - 1).add(quoted(text));
      length += text.length();
    }
    return expressions.stream()
        .map(alternatives -> alternatives.stream().collect(Collectors.joining("|")))
        .toList();
  }

  /** Only signs get a backslash, so that {@code lower} changes nothing but the text. */
  private static String quoted(String text) {
    return text.replaceAll("[\\\\.?*+(){}\\[\\]|^$]", "\\\\$0");
  }
}
