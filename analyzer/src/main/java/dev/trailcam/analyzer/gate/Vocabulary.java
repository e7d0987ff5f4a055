// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What there is for rules to name: views and lists with their columns, and the words of the
 * prelude. Names are in lower case; SQL does not care.
 *
 * @param tables columns of each view and list
 * @param words functions of the prelude that are meant for rules
 * @param tableWords those of them that return rows
 */
public record Vocabulary(
    Map<String, Set<String>> tables, Set<String> words, Set<String> tableWords) {
  private static final Pattern SECTION = Pattern.compile("-- (\\S.*?) -{10,}");
  private static final Pattern MACRO =
      Pattern.compile(
          "CREATE OR REPLACE MACRO ([a-z_0-9]+)\\([a-z_0-9, ]*\\) AS(?<rows> TABLE)?.*");
  private static final String INTERNAL = "For the views";

  /** Makes the collections immutable. */
  public Vocabulary {
    tables = Map.copyOf(tables);
    words = Set.copyOf(words);
    tableWords = Set.copyOf(tableWords);
  }

  /**
   * The vocabulary of a prelude.
   *
   * @param prelude its text; what stands below the heading "For the views" is not for rules
   * @param tables columns of each view and list
   */
  public static Vocabulary of(String prelude, Map<String, Set<String>> tables) {
    Set<String> words = new HashSet<>();
    Set<String> tableWords = new HashSet<>();
    boolean internal = false;
    for (String line : prelude.lines().toList()) {
      Matcher section = SECTION.matcher(line);
      if (section.matches()) {
        internal = section.group(1).equals(INTERNAL);
      }
      Matcher macro = MACRO.matcher(line);
      if (!internal && macro.matches()) {
        (macro.group("rows") == null ? words : tableWords).add(macro.group(1));
      }
    }
    Map<String, Set<String>> lowered = new TreeMap<>();
    tables.forEach(
        (table, columns) -> {
          Set<String> names = new HashSet<>();
          columns.forEach(column -> names.add(lower(column)));
          lowered.put(lower(table), Set.copyOf(names));
        });
    return new Vocabulary(lowered, words, tableWords);
  }

  /** Names of views and lists, sorted, for messages. */
  List<String> tableNames() {
    return new ArrayList<>(new TreeSet<>(tables.keySet()));
  }

  boolean hasColumn(String column) {
    return tables.values().stream().anyMatch(columns -> columns.contains(column));
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
