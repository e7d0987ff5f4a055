// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import dev.trailcam.analyzer.gate.Vocabulary;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a rule can name. All names are in lower case.
 *
 * @param views columns of each view of evidence
 * @param lists columns of each list
 * @param words functions of the prelude that give a value
 */
public record Catalogue(
    SortedMap<String, SortedSet<String>> views,
    SortedMap<String, SortedSet<String>> lists,
    Set<String> words) {

  /** Makes the collections immutable. */
  public Catalogue {
    views = Collections.unmodifiableSortedMap(new TreeMap<>(views));
    lists = Collections.unmodifiableSortedMap(new TreeMap<>(lists));
    words = Set.copyOf(words);
  }

  /**
   * What the gate goes by.
   *
   * @param vocabulary tables and words
   * @param lists which of the tables are lists
   */
  public static Catalogue of(Vocabulary vocabulary, Collection<String> lists) {
    Set<String> names = new TreeSet<>();
    lists.forEach(list -> names.add(lower(list)));
    SortedMap<String, SortedSet<String>> byView = new TreeMap<>();
    SortedMap<String, SortedSet<String>> byList = new TreeMap<>();
    for (Map.Entry<String, Set<String>> table : vocabulary.tables().entrySet()) {
      (names.contains(table.getKey()) ? byList : byView)
          .put(table.getKey(), Collections.unmodifiableSortedSet(new TreeSet<>(table.getValue())));
    }
    return new Catalogue(byView, byList, vocabulary.words());
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
