// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import java.util.List;

/**
 * What the engine is asked about the rows of one FROM.
 *
 * @param statement tree of a SELECT whose columns are the terms, then the columns
 * @param terms how many terms it has
 * @param columns how many columns
 */
public record Question(String statement, int terms, int columns) {

  /**
   * A condition to ask about.
   *
   * @param clause WHERE, ON, HAVING or QUALIFY
   * @param line line in the rule's file
   * @param text as the author wrote it
   * @param depth 0 for a condition that must hold, more for one of the alternatives within it
   * @param columns which columns of the question it mentions, by their place from 0
   * @param equal the places of two columns if it says that they are equal, else none
   */
  public record Term(
      String clause, int line, String text, int depth, List<Integer> columns, List<Integer> equal) {
    /** Makes the lists immutable. */
    public Term {
      columns = List.copyOf(columns);
      equal = List.copyOf(equal);
    }
  }
}
