// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be told, and how much of it.
 *
 * @param fromNs the earliest time, inclusive, in nanoseconds since 1970
 * @param toNs the latest time, exclusive
 * @param around only what happened around an execution
 * @param processes whose events
 * @param shape how they are told
 */
public record TimelineRequest(
    OptionalLong fromNs,
    OptionalLong toNs,
    Optional<Around> around,
    ProcessFilter processes,
    Shape shape) {

  /**
   * The time around an execution.
   *
   * @param execId at least the beginning of its id
   * @param contextNs so long before it and after it, from 1
   */
  public record Around(String execId, long contextNs) {}

  /** How it is told. */
  public sealed interface Shape {
    /** Events, or parts of time, at most; from 1. */
    int limit();
  }

  /**
   * Event by event, those nearest to the execution or else the earliest.
   *
   * @param limit see {@link Shape#limit}
   */
  public record EachEvent(int limit) implements Shape {}

  /**
   * Counted in parts of equal length.
   *
   * @param lengthNs of a part, from {@link PartLength#MIN_NS}; empty for one that makes few parts
   * @param limit see {@link Shape#limit}
   */
  public record InParts(OptionalLong lengthNs, int limit) implements Shape {}
}
