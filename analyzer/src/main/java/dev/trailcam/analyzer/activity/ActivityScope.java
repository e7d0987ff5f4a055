// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.activity;

import java.util.List;
import java.util.OptionalLong;

/**
 * What of the evidence is wanted.
 *
 * @param fromNs the earliest time, inclusive, in nanoseconds since 1970
 * @param toNs the latest time, exclusive
 * @param momentsNs what is nearest to these is told, should there be more than the limit; where
 *     there are none, the earliest is
 * @param limit executions to tell of, and as many events of each other kind; from 1
 */
public record ActivityScope(
    OptionalLong fromNs, OptionalLong toNs, List<Long> momentsNs, int limit) {
  /** Makes the list immutable. */
  public ActivityScope {
    momentsNs = List.copyOf(momentsNs);
  }
}
