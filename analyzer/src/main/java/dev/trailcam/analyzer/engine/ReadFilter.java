// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.plan.NecessaryText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Leaves out shapes of executions as soon as they are read in which none of the rules can find
 * anything: each of the rules needs texts, and they hold none of them.
 *
 * <p>For most rules the rarest text they need tells enough, and one expression looks for those of
 * all rules at once. A rule whose texts are common gets a test of its own for all that it needs.
 * Which is which is told by a sample.
 */
final class ReadFilter {
  /** What a shape costs that is kept for nothing, in tests of a column, but for the rules. */
  private static final double KEPT = 15;

  /** Texts of a column repeat, and are tested once; command lines are tested one by one. */
  private static final double REPEATED = 0.1;

  private final Session session;
  private final Collection<List<NecessaryText>> rules;
  private String condition;

  private ReadFilter(Session session, Collection<List<NecessaryText>> rules) {
    this.session = session;
    this.rules = rules;
  }

  /** Leaves out nothing. */
  static ReadFilter none(Session session) {
    return new ReadFilter(session, List.of());
  }

  /**
   * A filter for rules.
   *
   * @param rules for each what it needs, all of it and at least one
   */
  static ReadFilter of(Session session, Collection<List<NecessaryText>> rules) {
    return new ReadFilter(session, rules);
  }

  /** Whether executions may be left out. */
  boolean isNone() {
    return rules.isEmpty();
  }

  /**
   * What is true of shapes that are to be kept; what is staged when first asked decides what is
   * looked for how.
   */
  String condition() throws SQLException {
    if (condition == null) {
      condition = isNone() ? "true" : condition(sample());
    }
    return condition;
  }

  private TextSample sample() throws SQLException {
    long shapes = session.number("SELECT count(*) FROM staged_shapes");
    return TextSample.of(
        session,
        rules.stream().flatMap(List::stream).distinct().toList(),
        "named_execs WHERE "
            + ShapedExecs.SHAPE
            + " % "
            + Math.max(1, shapes / TextSample.ROWS)
            + " = 0");
  }

  private String condition(TextSample sample) {
    List<List<NecessaryText>> rarestFirst = new ArrayList<>(rules);
    rarestFirst.sort(
        Comparator.comparingInt(needs -> sample.rows(sample.rarest(needs)).cardinality()));
    List<NecessaryText> joint = new ArrayList<>();
    List<OwnTest> own = new ArrayList<>();
    BitSet kept = new BitSet();
    double price = (rules.size() + KEPT) / Math.max(1, sample.size());
    for (List<NecessaryText> needs : rarestFirst) {
      NecessaryText rarest = sample.rarest(needs);
      OwnTest test = OwnTest.of(needs, sample);
      double joined = added(kept, sample.rows(rarest)) * price;
      if (joined <= test.cost() + added(kept, test.rows()) * price) {
        joint.add(rarest);
        kept.or(sample.rows(rarest));
      } else {
        own.add(test);
        kept.or(test.rows());
      }
    }
    String together = new TextTest(joint).condition();
    return own.isEmpty() ? together : together + " OR " + OwnTest.any(own);
  }

  private static int added(BitSet kept, BitSet more) {
    BitSet added = (BitSet) more.clone();
    added.andNot(kept);
    return added.cardinality();
  }

  /**
   * All that a rule needs.
   *
   * @param needs the cheap things first
   * @param cost of a row, in tests of a column
   * @param rows those of the sample that pass
   */
  private record OwnTest(List<NecessaryText> needs, double cost, BitSet rows) {
    static OwnTest of(List<NecessaryText> needs, TextSample sample) {
      List<NecessaryText> ordered = new ArrayList<>(needs);
      ordered.sort(
          Comparator.comparingDouble(OwnTest::test)
              .thenComparingInt(need -> sample.rows(need).cardinality()));
      BitSet left = new BitSet();
      left.set(0, sample.size());
      double cost = 0;
      for (NecessaryText need : ordered) {
        cost += test(need) * left.cardinality() / Math.max(1, sample.size());
        left.and(sample.rows(need));
      }
      return new OwnTest(ordered, cost, left);
    }

    private static double test(NecessaryText need) {
      return need.columns().stream()
          .mapToDouble(column -> NecessaryText.LISTS.contains(column) ? 1 : REPEATED)
          .sum();
    }

    /** Whether a row passes any of these tests: only if it holds a text with which one begins. */
    static String any(List<OwnTest> tests) {
      TextTest begins = new TextTest(tests.stream().map(test -> test.needs().get(0)).toList());
      return tests.stream()
          .map(OwnTest::condition)
          .collect(Collectors.joining(" OR ", "(" + begins.condition() + ") AND (", ")"));
    }

    private String condition() {
      return needs.stream()
          .map(need -> "(" + new TextTest(List.of(need)).condition() + ")")
          .collect(Collectors.joining(" AND ", "(", ")"));
    }
  }
}
