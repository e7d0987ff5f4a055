// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.rules.Rule;
import java.util.OptionalDouble;

/**
 * How good a rule is, as far as its cases and the corpora tell.
 *
 * @param rule the rule
 * @param fires cases that have to fire
 * @param silent cases that have to stay silent
 * @param knownMisses cases that are known to be missed
 * @param right findings in corpora that are expected
 * @param wrong findings in corpora that are not
 * @param missed executions in corpora that it should find and does not, known misses included
 */
public record RuleScore(
    Rule rule, long fires, long silent, long knownMisses, long right, long wrong, long missed) {

  /** Which part of its findings is right, 0 to 1; empty where it has none. */
  public OptionalDouble precision() {
    return share(right, wrong);
  }

  /** Which part of what it should find it finds, 0 to 1; empty where there is nothing to find. */
  public OptionalDouble recall() {
    return share(right, missed);
  }

  private static OptionalDouble share(long part, long rest) {
    return part + rest == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) part / (part + rest));
  }
}
