// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.hunt;

import dev.trailcam.analyzer.engine.BootFacts;
import dev.trailcam.analyzer.engine.JudgedRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Boots that the same rules are to look at, as many as fit into bounded memory. A boot is never
 * divided, since rules compare executions of one boot.
 *
 * @param boots in the order of their ids
 * @param rules in the order of their ids
 */
record Batch(List<BootFacts> boots, List<JudgedRule> rules) {
  /** Executions of a batch, of which one boot may have more. */
  private static final long MAX_EXECUTIONS = Long.getLong("trailcam.hunt.batch", 2_000_000L);

  /** A boot without executions costs something, too. */
  private static final int MAX_BOOTS = 2_000;

  /** What is to be done, in an order that depends on the evidence and the rules alone. */
  static List<Batch> of(Collection<BootFacts> boots, Map<String, List<JudgedRule>> missing) {
    Map<List<JudgedRule>, List<BootFacts>> byRules = new LinkedHashMap<>();
    boots.stream()
        .filter(boot -> missing.containsKey(boot.bootId()))
        .sorted((a, b) -> a.bootId().compareTo(b.bootId()))
        .forEach(
            boot ->
                byRules
                    .computeIfAbsent(missing.get(boot.bootId()), rules -> new ArrayList<>())
                    .add(boot));
    List<Batch> batches = new ArrayList<>();
    byRules.forEach(
        (rules, all) -> {
          List<BootFacts> some = new ArrayList<>();
          long executions = 0;
          for (BootFacts boot : all) {
            boolean full =
                some.size() == MAX_BOOTS || boot.executions() > MAX_EXECUTIONS - executions;
            if (full && !some.isEmpty()) {
              batches.add(new Batch(List.copyOf(some), rules));
              some.clear();
              executions = 0;
            }
            some.add(boot);
            executions += Math.min(boot.executions(), MAX_EXECUTIONS);
          }
          batches.add(new Batch(some, rules));
        });
    return batches;
  }
}
