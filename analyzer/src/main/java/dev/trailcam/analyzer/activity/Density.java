// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.activity;

import java.util.List;

/**
 * How many executions there were when, all of them counted.
 *
 * @param fromNs where the first part begins, in nanoseconds since 1970; a whole microsecond
 * @param widthUs length of each part in microseconds, from 1
 * @param parts those in which there was something, in order
 */
public record Density(long fromNs, long widthUs, List<Part> parts) {
  /** Nothing happened. */
  public static final Density NONE = new Density(0, 1, List.of());

  /** Makes the list immutable. */
  public Density {
    parts = List.copyOf(parts);
  }

  /**
   * One part.
   *
   * @param number from 0
   * @param executions at least 1
   */
  public record Part(int number, long executions) {}
}
