// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;

import dev.trailcam.analyzer.comparison.Comparison;
import dev.trailcam.analyzer.comparison.RuleChange;
import dev.trailcam.analyzer.comparison.RuleVersion;
import dev.trailcam.analyzer.comparison.Side;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a comparison says first. One sentence each, without a full stop.
 *
 * @param encode makes text from outside fit for where the sentences go
 */
record DiffHeadline(Comparison comparison, UnaryOperator<String> encode) {

  String verdict() {
    String counts = comparison.lost() + " lost, " + comparison.gained() + " gained";
    return switch (comparison.verdict()) {
      case SAME -> "Same: nothing lost, nothing gained, and nothing is missing";
      case EXPECTED -> "As expected: " + counts;
      case UNEXPECTED -> "Not as expected: " + counts;
      case INCONCLUSIVE ->
          "Inconclusive: "
              + (comparison.lost() + comparison.gained() == 0 ? "no difference seen" : counts)
              + ", but something is missing";
    };
  }

  String looked() {
    return "Looked at "
        + count(comparison.head().executions(), "execution")
        + " in "
        + count(comparison.head().captures().size(), "capture")
        + "; "
        + comparison.unchanged()
        + " unchanged, "
        + comparison.changed()
        + " told differently";
  }

  String side(Side side) {
    return encode.apply(side.label())
        + ": "
        + count(side.rules().size(), "rule")
        + ", "
        + count(side.hits().size(), "finding");
  }

  /** What became of the rule's own text, and of its findings. */
  static String rule(RuleChange rule) {
    String counts =
        rule.compared()
            ? rule.lost().size()
                + " lost, "
                + rule.gained().size()
                + " gained, "
                + rule.changed().size()
                + " told differently, "
                + rule.unchanged()
                + " unchanged"
            : "not compared, since it did not run on both sides";
    return version(rule.base(), rule.head()) + ": " + counts;
  }

  private static String version(Optional<RuleVersion> base, Optional<RuleVersion> head) {
    if (base.isEmpty() && head.isEmpty()) {
      return "ran on neither side";
    }
    if (base.isEmpty()) {
      return "version " + head.get().version() + ", in the head only";
    }
    if (head.isEmpty()) {
      return "version " + base.get().version() + ", in the base only";
    }
    String versions =
        base.get().version() == head.get().version()
            ? "version " + base.get().version()
            : "version " + base.get().version() + " to " + head.get().version();
    boolean same = base.get().sha256().equals(head.get().sha256());
    return versions + (same ? "" : ", its file changed");
  }
}
