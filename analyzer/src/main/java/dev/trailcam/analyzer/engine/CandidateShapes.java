// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.plan.NecessaryText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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

  /** What looking for texts costs, in rules that look at the same shapes. */
  private static final double COST = 3;

  /** What it costs to begin with, in shapes that a rule looks at. */
  private static final double FIXED_COST = 40_000;

  private final Session session;
  private final Map<Integer, List<NecessaryText>> texts;

  private CandidateShapes(Session session, Map<Integer, List<NecessaryText>> texts) {
    this.session = session;
    this.texts = texts;
  }

  /**
   * Makes the table of candidates and the view of it, if it is worth it. All shapes must be there.
   *
   * @param texts what rules need, all of it, by their numbers
   * @return numbers of the rules that find among the candidates all they find anywhere
   */
  static Set<Integer> create(Session session, Map<Integer, List<NecessaryText>> texts)
      throws SQLException {
    return new CandidateShapes(session, texts).create();
  }

  private Set<Integer> create() throws SQLException {
    long shapes = session.number("SELECT count(*) FROM derived_shapes");
    if (texts.size() * (double) shapes < FIXED_COST) {
      return Set.of();
    }
    TextSample sample =
        TextSample.of(
            session,
            texts.values().stream().flatMap(List::stream).distinct().toList(),
            "derived_shapes WHERE "
                + ShapedExecs.SHAPE
                + " % "
                + Math.max(1, shapes / TextSample.ROWS)
                + " = 0");
    Map<Integer, NecessaryText> rarest = new HashMap<>();
    texts.forEach((rule, needs) -> rarest.put(rule, sample.rarest(needs)));
    List<Integer> rules = rare(rarest, sample, shapes);
    if (!rules.isEmpty()) {
      create(new TextTest(rules.stream().map(rarest::get).toList()));
    }
    return new TreeSet<>(rules);
  }

  private void create(TextTest test) throws SQLException {
    session.execute(
        "CREATE TABLE candidate_shapes AS SELECT * FROM "
            + ShapedExecs.SCHEMA
            + ".execs WHERE "
            + test.condition());
    session.execute("CREATE SCHEMA " + SCHEMA);
    session.execute("CREATE VIEW " + SCHEMA + ".execs AS SELECT * FROM candidate_shapes");
  }

  /** Those rules with which the run is over first: the rarest, up to the one that does harm. */
  private static List<Integer> rare(
      Map<Integer, NecessaryText> rarest, TextSample sample, long shapes) {
    List<Integer> rules = new ArrayList<>(rarest.keySet());
    rules.sort(
        Comparator.<Integer>comparingInt(rule -> sample.rows(rarest.get(rule)).cardinality())
            .thenComparing(Comparator.naturalOrder()));
    double least = rules.size();
    int best = 0;
    BitSet candidates = new BitSet();
    for (int i = 1; i <= rules.size(); i++) {
      candidates.or(sample.rows(rarest.get(rules.get(i - 1))));
      double share = candidates.cardinality() / (double) Math.max(1, sample.size());
      double cost = i * share + rules.size() - i + COST + FIXED_COST / shapes;
      if (cost < least) {
        least = cost;
        best = i;
      }
    }
    return rules.subList(0, best);
  }
}
