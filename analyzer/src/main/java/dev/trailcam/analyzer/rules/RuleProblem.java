// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

/**
 * What is wrong with a file that an author of rules wrote.
 *
 * @param file the file to mend
 * @param line line number from 1, or 0 for the file as a whole
 * @param message what is wrong; no full stop
 */
public record RuleProblem(String file, int line, String message) {

  /** Whether it is about one of the files of the rule with this id. */
  public boolean belongsTo(String id) {
    return file.substring(file.lastIndexOf('/') + 1).startsWith(id + ".");
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
