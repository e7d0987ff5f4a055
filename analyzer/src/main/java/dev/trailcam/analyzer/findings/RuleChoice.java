// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Some of the rules that ran, said in the fewest names.
 *
 * @param which how to read the ids
 * @param ids of rules, sorted; none with {@link Which#ALL}
 * @param count how many rules are meant
 * @param total how many rules ran
 */
public record RuleChoice(Which which, List<String> ids, int count, int total) {

  /** Names are part of the output. */
  public enum Which {
    /** Every rule. */
    ALL,
    /** Every rule but those. */
    ALL_BUT,
    /** Those. */
    ONLY;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes the list immutable. */
  public RuleChoice {
    ids = List.copyOf(ids);
  }

  /**
   * The shortest way to name them.
   *
   * @param ran ids of all rules, sorted
   */
  static RuleChoice of(List<String> ran, Set<String> meant) {
    List<String> in = ran.stream().filter(meant::contains).toList();
    List<String> out = ran.stream().filter(id -> !meant.contains(id)).toList();
    if (out.isEmpty()) {
      return new RuleChoice(Which.ALL, List.of(), in.size(), ran.size());
    }
    return out.size() < in.size()
        ? new RuleChoice(Which.ALL_BUT, out, in.size(), ran.size())
        : new RuleChoice(Which.ONLY, in, in.size(), ran.size());
  }
}
