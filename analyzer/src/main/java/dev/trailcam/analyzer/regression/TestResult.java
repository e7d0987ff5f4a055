// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What testing rules came to.
 *
 * @param tool name and version of this program
 * @param engine name and version of the SQL engine
 * @param checks everything that was tested: cases by file, then corpus by corpus
 * @param scores one for each rule that was tested, by id
 * @param problems what is wrong with rules, cases and expectations as files
 * @param captures captures of corpora that were read
 * @param executions executions in them
 */
public record TestResult(
    String tool,
    String engine,
    List<Check> checks,
    List<RuleScore> scores,
    List<RuleProblem> problems,
    int captures,
    long executions) {

  /** Makes the lists immutable. */
  public TestResult {
    checks = List.copyOf(checks);
    scores = List.copyOf(scores);
    problems = List.copyOf(problems);
  }

  /** How many checks came out how; every outcome is there. */
  public Map<Outcome, Long> counts() {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, 0L);
    }
    checks.forEach(check -> counts.merge(check.outcome(), 1L, Long::sum));
    return counts;
  }

  /** What is not as it should be, the worst first. */
  public List<Check> notable() {
    return checks.stream()
        .filter(check -> check.outcome().compareTo(Outcome.KNOWN_MISS) < 0)
        .sorted(Comparator.comparing(Check::outcome))
        .toList();
  }

  /** The worst that came out: {@link Outcome#PASSED} where nothing is bad. */
  public Outcome verdict() {
    if (!problems.isEmpty()) {
      return Outcome.RULE_BROKEN;
    }
    return checks.stream()
        .map(Check::outcome)
        .filter(Outcome::bad)
        .min(Comparator.naturalOrder())
        .orElse(Outcome.PASSED);
  }
}
