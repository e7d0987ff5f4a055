// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.plan.NecessaryText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shapes in which a plain rule may find something: they hold a text that one of the rules needs.
 * All texts are looked for at once, and the rules then look at few shapes in the place of all.
 *
 * <p>A rule that needs nothing rarer than {@code /usr/} would make candidates of all shapes for all
 * others as well. Which rules are better left out is told by a sample. That says how long a run
 * takes and never what it finds: a rule finds the same in all shapes as among the candidates.
 */
final class CandidateShapes {
  /** The schema in which {@code execs} has one row for each candidate. */
  static final String SCHEMA = "candidates";

  private static final int SAMPLE = 2_048;
  private static final int SAMPLE_LENGTH = 2_000;

  /** What looking for texts costs, in rules that look at the same shapes. */
  private static final double COST = 3;

  /** What it costs to begin with, in shapes that a rule looks at. */
  private static final double FIXED_COST = 40_000;

  private final Session session;
  private final Map<Integer, NecessaryText> texts;
  private final Map<String, String> lower = new HashMap<>();

  private CandidateShapes(Session session, Map<Integer, NecessaryText> texts) {
    this.session = session;
    this.texts = texts;
    for (NecessaryText text : texts.values()) {
      for (String literal : text.literals()) {
        lower.put(literal, literal.toLowerCase(Locale.ROOT));
      }
    }
  }

  /**
   * Makes the table of candidates and the view of it, if it is worth it. All shapes must be there.
   *
   * @param texts what rules need, by their numbers
   * @return numbers of the rules that find among the candidates all they find anywhere
   */
  static Set<Integer> create(Session session, Map<Integer, NecessaryText> texts)
      throws SQLException {
    CandidateShapes candidates = new CandidateShapes(session, texts);
    Set<Integer> rules = candidates.rare();
    if (!rules.isEmpty()) {
      candidates.create(rules);
    }
    return rules;
  }

  private void create(Set<Integer> rules) throws SQLException {
    TextTest test = new TextTest(rules.stream().map(texts::get).toList());
    session.execute(
        "CREATE TABLE candidate_shapes AS SELECT * FROM "
            + ShapedExecs.SCHEMA
            + ".execs WHERE "
            + test.condition());
    session.execute("CREATE SCHEMA " + SCHEMA);
    session.execute("CREATE VIEW " + SCHEMA + ".execs AS SELECT * FROM candidate_shapes");
  }

  /** Those rules with which the run is over first: the rarest, up to the one that does harm. */
  private Set<Integer> rare() throws SQLException {
    long shapes = session.number("SELECT count(*) FROM derived_shapes");
    if (texts.size() * (double) shapes < FIXED_COST) {
      return Set.of();
    }
    Map<Integer, BitSet> sample = sample(Math.max(1, shapes / SAMPLE));
    List<Integer> rules = new ArrayList<>(texts.keySet());
    rules.sort(
        Comparator.<Integer>comparingInt(rule -> sample.get(rule).cardinality())
            .thenComparing(Comparator.naturalOrder()));
    double sampled = shapes / (double) Math.max(1, shapes / SAMPLE);
    double least = rules.size();
    int best = 0;
    BitSet candidates = new BitSet();
    for (int i = 1; i <= rules.size(); i++) {
      candidates.or(sample.get(rules.get(i - 1)));
      double share = candidates.cardinality() / sampled;
      double cost = i * share + rules.size() - i + COST + FIXED_COST / shapes;
      if (cost < least) {
        least = cost;
        best = i;
      }
    }
    return new TreeSet<>(rules.subList(0, best));
  }

  /**
   * For each rule the shapes of a sample that hold a text it needs, as far as they are looked at.
   */
  private Map<Integer, BitSet> sample(long step) throws SQLException {
    Map<Integer, BitSet> found = new LinkedHashMap<>();
    texts.keySet().forEach(rule -> found.put(rule, new BitSet()));
    List<String> columns =
        texts.values().stream().flatMap(text -> text.columns().stream()).distinct().toList();
    List<String> selected =
        columns.stream()
            .map(column -> "left(" + TextTest.lower(column) + ", " + SAMPLE_LENGTH + ")")
            .toList();
    int[] number = new int[1];
    session.query(
        "SELECT "
            + String.join(", ", selected)
            + " FROM derived_shapes WHERE "
            + ShapedExecs.SHAPE
            + " % "
            + step
            + " = 0",
        row -> {
          for (int i = 0; i < columns.size(); i++) {
            mark(columns.get(i), row.getString(i + 1), number[0], found);
          }
          number[0]++;
        });
    return found;
  }

  private void mark(String column, String text, int number, Map<Integer, BitSet> found) {
    texts.forEach(
        (rule, need) -> {
          if (need.columns().contains(column)
              && need.literals().stream().anyMatch(literal -> text.contains(lower.get(literal)))) {
            found.get(rule).set(number);
          }
        });
  }
}
