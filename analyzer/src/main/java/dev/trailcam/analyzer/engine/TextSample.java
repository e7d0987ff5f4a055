// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.plan.NecessaryText;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often rows hold the texts that rules need, told by a few of them. That says how long a run
 * takes and never what it finds.
 */
final class TextSample {
  /** Rows that are looked at, about. */
  static final int ROWS = 2_048;

  private static final int LENGTH = 2_000;

  private final Map<NecessaryText, BitSet> rows = new HashMap<>();
  private final Map<String, String> lower = new HashMap<>();
  private final List<String> columns;
  private int size;

  private TextSample(List<NecessaryText> texts) {
    for (NecessaryText text : texts) {
      rows.put(text, new BitSet());
      text.literals().forEach(literal -> lower.put(literal, literal.toLowerCase(Locale.ROOT)));
    }
    columns = texts.stream().flatMap(text -> text.columns().stream()).distinct().toList();
  }

  /**
   * Looks at rows.
   *
   * @param texts what is looked for
   * @param rows table or query with the columns that may hold it, with a condition if need be
   */
  static TextSample of(Session session, List<NecessaryText> texts, String rows)
      throws SQLException {
    TextSample sample = new TextSample(texts);
    List<String> selected =
        sample.columns.stream()
            .map(column -> "left(" + TextTest.lower(column) + ", " + LENGTH + ")")
            .toList();
    session.query(
        "SELECT " + String.join(", ", selected) + " FROM " + rows,
        row -> {
          for (int i = 0; i < selected.size(); i++) {
            String text = row.getString(i + 1);
            if (text != null) {
              sample.mark(sample.columns.get(i), text);
            }
          }
          sample.size++;
        });
    return sample;
  }

  private void mark(String column, String text) {
    rows.forEach(
        (need, found) -> {
          if (need.columns().contains(column)
              && need.literals().stream().anyMatch(literal -> text.contains(lower.get(literal)))) {
            found.set(size);
          }
        });
  }

  /** How many rows were looked at. */
  int size() {
    return size;
  }

  /** Those rows that hold one of a need's texts, by their place. */
  BitSet rows(NecessaryText need) {
    return rows.get(need);
  }

  /** The rarest of these needs. */
  NecessaryText rarest(List<NecessaryText> needs) {
    return needs.stream()
        .min(Comparator.comparingInt(need -> rows(need).cardinality()))
        .orElseThrow();
  }
}
