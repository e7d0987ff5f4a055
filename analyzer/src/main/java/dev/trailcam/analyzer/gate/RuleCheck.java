// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Looks at a rule's SQL, first as text and then as the tree the engine makes of it. Everything is
 * refused that is not known to be harmless and to mean the same on every engine.
 */
public final class RuleCheck {
  /** Nobody reads more of them. */
  private static final int MAX_VIOLATIONS = 100;

  private final Vocabulary vocabulary;

  /** A check against what there is to name. */
  public RuleCheck(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * What is wrong with the text alone. To be asked first: only a text without a violation is small
   * and shallow enough to be handed to a parser.
   *
   * @return sorted; empty when nothing is
   */
  public static List<Violation> text(String sql) {
    return sorted(TextScan.of(sql));
  }

  /**
   * What is wrong with a tree.
   *
   * @return every violation, sorted; empty when the rule may run
   */
  public List<Violation> tree(SyntaxTree tree) {
    List<Violation> violations = new ArrayList<>();
    if (tree.error().isPresent()) {
      violations.add(tree.error().get());
    } else if (tree.statements().size() == 1) {
      new QueryWalk(tree, vocabulary, violations).statement(tree.statements().get(0));
    } else {
      violations.add(
          new Violation(
              0,
              Violation.Code.STATEMENT,
              "is not one SELECT: it holds " + tree.statements().size() + " statements"));
    }
    return sorted(violations);
  }

  /**
   * Looks once more, now at the very text that will run and where it will stand: whether it is what
   * was checked, all of it and nothing else.
   *
   * @param around tree of {@code SELECT * FROM (…) AS rule} with that text in the brackets
   */
  public boolean confirms(CheckedSelect select, SyntaxTree around) {
    SyntaxTree inner = around.inner();
    return select.is(inner) && tree(inner).isEmpty();
  }

  private static List<Violation> sorted(List<Violation> violations) {
    List<Violation> sorted = new ArrayList<>(new TreeSet<>(violations));
    int more = sorted.size() - MAX_VIOLATIONS;
    if (more <= 0) {
      return sorted;
    }
    List<Violation> first = new ArrayList<>(sorted.subList(0, MAX_VIOLATIONS));
    first.add(new Violation(0, Violation.Code.SIZE, "has " + more + " violations more"));
    return first;
  }
}
