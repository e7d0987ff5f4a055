// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.List;
import java.util.Optional;

/**
 * What became of one rule's findings.
 *
 * @param id id of the rule
 * @param base the rule as it ran before
 * @param head the rule as it ran after
 * @param compared whether its findings can be compared: not if it should have run and did not
 * @param gained found after and not before, as they happened
 * @param lost found before and not after
 * @param changed found both times, with another reason or severity
 * @param unchanged found both times and told alike
 */
public record RuleChange(
    String id,
    Optional<RuleVersion> base,
    Optional<RuleVersion> head,
    boolean compared,
    List<Hit> gained,
    List<Hit> lost,
    List<Retold> changed,
    long unchanged) {

  /** Makes the lists immutable. */
  public RuleChange {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    changed = List.copyOf(changed);
  }

  /**
   * A finding of both sides that is told differently.
   *
   * @param before as the base has it
   * @param after as the head has it
   */
  public record Retold(Hit before, Hit after) {}

  /** Whether there is anything to say about it. */
  public boolean differs() {
    return !compared
        || base.isPresent() != head.isPresent()
        || !gained.isEmpty()
        || !lost.isEmpty()
        || !changed.isEmpty();
  }
}
