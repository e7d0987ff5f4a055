// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.util.List;

/**
 * What one capture holds.
 *
 * @param capture the capture, with the problems that reading it brought up
 * @param executions rows that could be read
 * @param programs distinct programs among them
 * @param top the most frequent programs, most frequent first, at most ten
 */
public record Inspection(Capture capture, long executions, long programs, List<Program> top) {

  /**
   * How often a program ran.
   *
   * @param exe path of the program, null where it is not known
   * @param executions how often
   */
  public record Program(String exe, long executions) {}
}
