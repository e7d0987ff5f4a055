// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.handover.Dossier.Gap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Gathers what a result says is wrong, in its order. */
final class GapReader {
  private static final long BILLION = 1_000_000_000L;

  private final List<Gap> gaps;

  GapReader(List<Gap> gaps) {
    this.gaps = gaps;
  }

  /** All that is wrong with a capture. */
  void capture(Fields capture) {
    // Results of before the first version that says it do not have it.
    long started = time(capture.textOrNull("started"));
    capture.objects("problems").forEach(problem -> evidence(problem, started));
  }

  void evidence(Fields problem, long tsNs) {
    gaps.add(new Gap(Gap.Kind.EVIDENCE, problem.text("path"), problem.text("message"), tsNs));
  }

  void window(Fields window) {
    Fields rules = window.object("inconclusive_rules");
    String from = window.textOrNull("from");
    String to = window.textOrNull("to");
    gaps.add(
        new Gap(
            Gap.Kind.WINDOW,
            window.text("path"),
            "from "
                + (from == null ? "before it began" : from)
                + " to "
                + (to == null ? "its end and after" : to)
                + " something is missing ("
                + String.join(", ", window.texts("causes"))
                + "), so "
                + rules.number("count")
                + " of "
                + rules.number("of")
                + " rules say nothing",
            time(from)));
  }

  /** Rules and suppressions that could not be heeded. */
  void rules(Fields summary) {
    summary
        .objects("rule_problems")
        .forEach(problem -> gaps.add(gap(Gap.Kind.RULE, "the rule could not run", problem)));
    summary
        .objectIfAny("suppressions")
        .ifPresent(
            suppressions ->
                suppressions
                    .objects("problems")
                    .forEach(
                        problem ->
                            gaps.add(
                                gap(
                                    Gap.Kind.SUPPRESSION,
                                    "the suppression could not be heeded",
                                    problem))));
  }

  private static Gap gap(Gap.Kind kind, String what, Fields problem) {
    String line = problem.has("line") ? ":" + problem.number("line") : "";
    return new Gap(kind, problem.text("file") + line, what + ": " + problem.text("message"), 0);
  }

  /** A time that makes no sense is one that nobody knows. */
  private static long time(String text) {
    if (text == null) {
      return 0;
    }
    try {
      Instant instant = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), BILLION), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }
}
