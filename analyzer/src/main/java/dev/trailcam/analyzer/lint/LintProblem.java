// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import java.util.Comparator;

/**
 * Something to mend in the files of rules. Sorted by file, line and code.
 *
 * @param file the file to mend
 * @param line line number from 1, or 0 for the file as a whole
 * @param code what kind it is, for programs
 * @param message what is wrong and what to do; no full stop; may hold anything
 */
public record LintProblem(String file, int line, LintCode code, String message)
    implements Comparable<LintProblem> {
  private static final Comparator<LintProblem> ORDER =
      Comparator.comparing(LintProblem::file)
          .thenComparingInt(LintProblem::line)
          .thenComparing(LintProblem::code)
          .thenComparing(LintProblem::message);

  @Override
  public int compareTo(LintProblem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line: CODE message}; without the line where it is the file as a whole. */
  @Override
  public String toString() {
    return file + (line == 0 ? "" : ":" + line) + ": " + code.id() + " " + message;
  }
}
