// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to test, and how strictly.
 *
 * @param only ids of the rules to test; empty for all that there are
 * @param unexpected what unexpected findings are, whatever expectations say; empty to heed them
 * @param minimum checks there have to be
 */
public record Selection(Set<String> only, Optional<Unexpected> unexpected, long minimum) {

  /** Makes the set immutable. */
  public Selection {
    only = Set.copyOf(only);
  }

  /** Whether a rule is to be tested. */
  boolean includes(String rule) {
    return only.isEmpty() || only.contains(rule);
  }

  /** Ids of all rules that there are, also of those that are broken. */
  static Set<String> known(RuleSet rules) {
    Set<String> known = new TreeSet<>();
    rules.rules().stream().map(Rule::id).forEach(known::add);
    for (RuleProblem problem : rules.problems()) {
      String name = problem.file().substring(problem.file().lastIndexOf('/') + 1);
      if (name.endsWith(".sql")) {
        known.add(name.substring(0, name.length() - ".sql".length()));
      }
    }
    return known;
  }
}
