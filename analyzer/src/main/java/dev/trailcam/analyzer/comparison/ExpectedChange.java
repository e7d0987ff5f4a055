// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody said beforehand that one rule will gain and lose, and why.
 *
 * @param rule id of the rule
 * @param gained findings that will be new; nothing said means none
 * @param lost findings that will be gone; nothing said means none
 * @param reason why this is wanted
 * @param where file and line, for messages
 */
record ExpectedChange(String rule, Amount gained, Amount lost, String reason, String where) {

  /** How many findings, or which. */
  sealed interface Amount {
    /** What is wrong with what happened; empty if it is what was expected. */
    Optional<String> mismatch(List<Hit> actual);
  }

  /**
   * Exactly so many.
   *
   * @param count from 0
   */
  record Count(long count) implements Amount {
    @Override
    public Optional<String> mismatch(List<Hit> actual) {
      return actual.size() == count
          ? Optional.empty()
          : Optional.of("expected " + count + ", it is " + actual.size());
    }
  }

  /**
   * Exactly these.
   *
   * @param ids ids of findings
   */
  record Ids(Set<String> ids) implements Amount {
    @Override
    public Optional<String> mismatch(List<Hit> actual) {
      Set<String> missing = new TreeSet<>(ids);
      Set<String> more = new TreeSet<>();
      actual.forEach(hit -> more.add(hit.findingId()));
      missing.removeAll(more);
      more.removeAll(ids);
      if (missing.isEmpty() && more.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          (missing.isEmpty() ? "" : "not " + String.join(", ", missing))
              + (missing.isEmpty() || more.isEmpty() ? "" : "; ")
              + (more.isEmpty() ? "" : "not expected " + String.join(", ", more)));
    }
  }
}
