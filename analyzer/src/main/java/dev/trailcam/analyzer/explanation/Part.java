// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import java.util.List;

/**
 * One SELECT of a rule and what can be asked about it. A statement is a tree as the parser gives
 * it.
 *
 * @param name what it is called in the rule
 * @param line line in the rule's file
 * @param sources what it reads
 * @param conditions what it asks of rows, clause by clause
 * @param alone whether its rows are of one execution alone
 * @param statement the SELECT itself
 */
public record Part(
    String name,
    int line,
    List<Source> sources,
    List<Condition> conditions,
    boolean alone,
    String statement) {

  /** Makes the lists immutable. */
  public Part {
    sources = List.copyOf(sources);
    conditions = List.copyOf(conditions);
  }

  /**
   * A table, list or function.
   *
   * @param line line in the rule's file
   * @param text as the author wrote it
   * @param statement a SELECT over everything up to it
   * @param pairs a SELECT over everything before it beside everything in it; equal to the statement
   *     where it has no condition
   * @param on the condition under which they are joined; no terms where there is none
   */
  public record Source(int line, String text, String statement, String pairs, Condition on) {}

  /**
   * Terms and the question that gives their values.
   *
   * @param terms in the order of the question
   * @param columns as the author wrote them
   */
  public record Condition(List<Question.Term> terms, List<String> columns, Question question) {
    /** Makes the lists immutable. */
    public Condition {
      terms = List.copyOf(terms);
      columns = List.copyOf(columns);
    }
  }
}
