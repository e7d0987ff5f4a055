// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was said beforehand that a change of rules will do. */
public final class Expectations {
  /** Nothing is to change. */
  public static final Expectations NONE = new Expectations(List.of());

  private static final long MAX_BYTES = 1 << 20;
  private final Map<String, ExpectedChange> byRule = new LinkedHashMap<>();

  Expectations(List<ExpectedChange> changes) {
    changes.forEach(change -> byRule.put(change.rule(), change));
  }

  /**
   * Reads a file of expectations.
   *
   * @throws IOException if it cannot be read or is not what it should be; the message names file
   *     and line
   */
  public static Expectations read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": is no file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": is larger than 1 MiB");
    }
    return new Expectations(new ExpectationReader(file.toString()).read(Files.readString(file)));
  }

  /** What happened without having been expected, and the other way round; one sentence each. */
  List<String> surprises(List<RuleChange> rules) {
    List<String> surprises = new ArrayList<>();
    for (RuleChange rule : rules) {
      ExpectedChange expected = byRule.get(rule.id());
      // Nobody can tell what a rule gained or lost that did not run.
      if (rule.compared()) {
        compare(rule.id(), "gained", rule.gained(), expected).ifPresent(surprises::add);
        compare(rule.id(), "lost", rule.lost(), expected).ifPresent(surprises::add);
      }
    }
    byRule.values().stream()
        .filter(expected -> rules.stream().noneMatch(rule -> rule.id().equals(expected.rule())))
        .forEach(
            expected ->
                surprises.add(
                    expected.where()
                        + ": there is no rule "
                        + expected.rule()
                        + " on either side; remove the entry or mend the id"));
    return surprises;
  }

  private static Optional<String> compare(
      String rule, String what, List<Hit> actual, ExpectedChange expected) {
    if (expected == null) {
      return actual.isEmpty()
          ? Optional.empty()
          : Optional.of(rule + ": " + what + " " + actual.size() + ", not expected");
    }
    ExpectedChange.Amount amount = what.equals("gained") ? expected.gained() : expected.lost();
    return amount
        .mismatch(actual)
        .map(mismatch -> rule + ": " + what + ": " + mismatch + " (" + expected.where() + ")");
  }

  /** Why a change of this rule is wanted; empty if nobody said. */
  Optional<String> reason(String rule) {
    return Optional.ofNullable(byRule.get(rule)).map(ExpectedChange::reason);
  }
}
