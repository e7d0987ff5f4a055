// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import dev.trailcam.analyzer.explanation.Explanation.Stop;
import java.util.List;
import java.util.Optional;

/**
 * What one SELECT of a rule made of the execution.
 *
 * @param name what it is called in the rule
 * @param line line in the rule's file, 0 where it cannot be told
 * @param sources what it reads, in order, each with the rows there are once it has been joined
 * @param terms what it asks of the rows, in order
 * @param alone whether the numbers are of this execution alone; if not, they are of all executions,
 *     since it looks at several together
 * @param rows what it gives
 * @param own how many of these rows are of this execution; -1 where it does not say of which they
 *     are
 * @param problem why it could not be taken apart; empty if it could
 */
public record PartResult(
    String name,
    int line,
    List<SourceResult> sources,
    List<TermResult> terms,
    boolean alone,
    long rows,
    long own,
    Optional<String> problem) {

  /** Makes the lists immutable. */
  public PartResult {
    sources = List.copyOf(sources);
    terms = List.copyOf(terms);
  }

  /**
   * A table, list or function that is read.
   *
   * @param line line in the rule's file
   * @param text as the author wrote it
   * @param rows how many rows there are with it
   * @param on the conditions of the join; for each, the rows are the pairs it looked at
   */
  public record SourceResult(int line, String text, long rows, List<TermResult> on) {
    /** Makes the list immutable. */
    public SourceResult {
      on = List.copyOf(on);
    }
  }

  /** The first that left no row. */
  Optional<Stop> stop() {
    for (SourceResult source : sources) {
      if (source.rows() == 0) {
        return Optional.of(
            source.on().stream()
                .filter(term -> term.depth() == 0 && term.left() == 0)
                .findFirst()
                .map(term -> new Stop(term.line(), term.text(), true))
                .orElse(new Stop(source.line(), source.text(), false)));
      }
    }
    Optional<Stop> failed =
        terms.stream()
            .filter(term -> term.depth() == 0 && term.left() == 0)
            .findFirst()
            .map(term -> new Stop(term.line(), term.text(), true));
    return failed.isPresent() || own != 0
        ? failed
        : Optional.of(new Stop(line, name + " gives no row of this execution", false));
  }
}
