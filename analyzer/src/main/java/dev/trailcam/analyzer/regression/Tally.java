// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import java.util.HashMap;
import java.util.Map;

/** Counts for each rule what it got right in corpora, what wrong, and what it missed. */
final class Tally {

  /** The counts of one rule. */
  record Counts(long right, long wrong, long missed) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(right + other.right, wrong + other.wrong, missed + other.missed);
    }
  }

  private final Map<String, Counts> byRule = new HashMap<>();

  void add(String rule, long right, long wrong, long missed) {
    byRule.merge(rule, new Counts(right, wrong, missed), Counts::plus);
  }

  Counts of(String rule) {
    return byRule.getOrDefault(rule, Counts.NONE);
  }
}
