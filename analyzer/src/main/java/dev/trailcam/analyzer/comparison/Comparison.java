// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two sides beside each other.
 *
 * @param base how it was
 * @param head how it is
 * @param rules every rule of either side, sorted by id
 * @param texts files that differ, where files are known
 * @param surprises what was gained or lost against what was expected, one sentence each
 * @param doubts why the evidence does not allow to say more, one sentence each
 * @param expectations what was said beforehand
 */
public record Comparison(
    Side base,
    Side head,
    List<RuleChange> rules,
    List<TextChange> texts,
    List<String> surprises,
    List<String> doubts,
    Expectations expectations) {

  /** Makes the lists immutable. */
  public Comparison {
    rules = List.copyOf(rules);
    texts = List.copyOf(texts);
    surprises = List.copyOf(surprises);
    doubts = List.copyOf(doubts);
  }

  /** Compares what was found, by finding id. */
  public static Comparison of(Side base, Side head, Expectations expectations) {
    SharedEvidence evidence = new SharedEvidence(base, head);
    List<RuleChange> rules = new HitComparison(base, head, evidence).changes();
    return new Comparison(
        base,
        head,
        rules,
        new TextComparison(base, head).changes(),
        expectations.surprises(rules),
        evidence.doubts(),
        expectations);
  }

  public Verdict verdict() {
    if (!surprises.isEmpty()) {
      return Verdict.UNEXPECTED;
    }
    if (!doubts.isEmpty() || !rulesRan()) {
      return Verdict.INCONCLUSIVE;
    }
    return gained() + lost() > 0 ? Verdict.EXPECTED : Verdict.SAME;
  }

  /** Whether every rule of both sides ran and has all that belongs to it. */
  public boolean rulesRan() {
    return base.ruleProblems().isEmpty() && head.ruleProblems().isEmpty();
  }

  /** Why a change of this rule is wanted; empty if nobody said. */
  public Optional<String> reason(String rule) {
    return expectations.reason(rule);
  }

  public long gained() {
    return sum(RuleChange::gained);
  }

  public long lost() {
    return sum(RuleChange::lost);
  }

  public long changed() {
    return sum(RuleChange::changed);
  }

  /** Findings of both sides that are told alike. */
  public long unchanged() {
    return rules.stream().mapToLong(RuleChange::unchanged).sum();
  }

  private long sum(Function<RuleChange, List<?>> part) {
    return rules.stream().mapToLong(rule -> part.apply(rule).size()).sum();
  }
}
