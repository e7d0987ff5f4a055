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

  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
