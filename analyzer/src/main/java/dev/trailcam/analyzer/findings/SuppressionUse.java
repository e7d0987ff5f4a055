// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.suppressions.Suppression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a suppression. A finding counts in one of the four numbers at most.
 *
 * @param entry the suppression
 * @param rule what became of the rule it is about
 * @param applied findings it suppresses
 * @param covered findings it holds for and another suppression suppresses
 * @param expired open findings it would suppress, were they before it expired
 * @param early open findings it would suppress, were they not before it starts
 * @param broad ways in which it matches more than it says
 */
public record SuppressionUse(
    Suppression entry,
    RuleState rule,
    long applied,
    long covered,
    long expired,
    long early,
    List<Breadth> broad) {

  /** Whether the rule could find anything; names are part of the output. */
  public enum RuleState {
    RAN,
    /** It is broken. */
    FAILED,
    /** It is none of those that were given. */
    UNKNOWN;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What its owner should be told; names are part of the output. */
  public enum Kind {
    EXPIRED,
    EARLY,
    NEVER_USED,
    BROAD,
    RULE_UNKNOWN;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Something its owner should be told.
   *
   * @param kind for programs
   * @param message as a clause without a full stop; may quote hostile text
   */
  public record Warning(Kind kind, String message) {}

  /** Makes the list immutable. */
  public SuppressionUse {
    broad = List.copyOf(broad);
  }

  /** Whether its rule ran and found nothing that it is about. */
  public boolean neverUsed() {
    return rule == RuleState.RAN && applied + covered + expired + early == 0;
  }

  /** All there is to tell; none where it does what it was written for. */
  public List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    if (expired > 0) {
      warnings.add(
          new Warning(
              Kind.EXPIRED,
              "expired, and would have suppressed "
                  + findings(expired)
                  + "; look at the use again, then renew or remove the entry"));
    }
    if (early > 0) {
      warnings.add(
          new Warning(Kind.EARLY, findings(early) + " it holds for came before it starts"));
    }
    if (neverUsed()) {
      warnings.add(
          new Warning(
              Kind.NEVER_USED, "was never used: nothing that its rule found fits its condition"));
    }
    for (Breadth breadth : broad) {
      warnings.add(new Warning(Kind.BROAD, "is broad: " + breadth.message()));
    }
    if (rule == RuleState.UNKNOWN) {
      warnings.add(
          new Warning(Kind.RULE_UNKNOWN, "is about a rule that is not there: " + entry.rule()));
    }
    return warnings;
  }

  private static String findings(long count) {
    return count + (count == 1 ? " finding" : " findings");
  }
}
