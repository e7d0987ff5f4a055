// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import java.util.List;
import java.util.Optional;

/**
 * One condition, and what it is for the rows it was asked about.
 *
 * @param clause WHERE, ON, HAVING or QUALIFY
 * @param line line in the rule's file, 0 where it cannot be told
 * @param text as the author wrote it
 * @param depth 0 for a condition that must hold, more for one of the alternatives within it
 * @param rows how many rows it was asked about
 * @param holds for how many it is true
 * @param unknown for how many it is neither true nor false
 * @param left how many rows it leaves, after those before it; of an alternative, how many it would
 * @param values what the columns in it are
 * @param nearest for two columns that are equal nowhere, the pair that comes nearest
 */
public record TermResult(
    String clause,
    int line,
    String text,
    int depth,
    long rows,
    long holds,
    long unknown,
    long left,
    List<ColumnValues> values,
    Optional<Nearest> nearest) {

  /** Makes the list immutable. */
  public TermResult {
    values = List.copyOf(values);
  }

  /**
   * What a column is in the rows.
   *
   * @param column as the author wrote it
   * @param distinct how many values it has, the unknown one not counted
   * @param examples the first of them, sorted; cut where they are long
   * @param unknown whether it is also unknown (NULL)
   */
  public record ColumnValues(String column, long distinct, List<String> examples, boolean unknown) {
    /** Makes the list immutable. */
    public ColumnValues {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Two values that are nearly the same.
   *
   * @param edits characters to add, remove or replace
   */
  public record Nearest(String one, String other, long edits) {}
}
