// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Selection;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a store that a run of a hunt speaks of. What is outside is neither told nor
 * forgotten.
 *
 * @param captures ids of the captures that are part of it
 * @param from the earliest time of an execution, inclusive
 * @param to the latest time, exclusive
 */
public record HuntScope(Set<String> captures, Optional<Instant> from, Optional<Instant> to) {

  /** Makes the set immutable. */
  public HuntScope {
    captures = Set.copyOf(captures);
  }

  /**
   * What a selection admits; empty where it admits everything.
   *
   * @param captures ids of the captures that it admits
   */
  public static Optional<HuntScope> of(Selection selection, Set<String> captures) {
    return selection.all()
        ? Optional.empty()
        : Optional.of(new HuntScope(captures, selection.from(), selection.to()));
  }

  /** The condition that a number of nanoseconds since 1970 is admitted, in SQL. */
  String admits(String ns) {
    return from.map(first -> ns + " >= " + ns(first)).orElse("true")
        + " AND "
        + to.map(last -> ns + " < " + ns(last)).orElse("true");
  }

  /** A time may be one that is no 64-bit number of nanoseconds. */
  private static String ns(Instant time) {
    BigInteger ns =
        BigInteger.valueOf(time.getEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000_000L))
            .add(BigInteger.valueOf(time.getNano()));
    return "CAST('" + ns + "' AS HUGEINT)";
  }
}
