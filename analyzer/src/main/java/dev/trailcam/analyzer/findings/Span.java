// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A time in which something is missing, for one reason or for several.
 *
 * @param from in nanoseconds since 1970; {@link #OPEN_FROM} where nothing says when it began
 * @param to at least {@code from}; {@link #OPEN_TO} where nothing says when it ended
 */
record Span(
    long from, long to, SortedMap<String, Long> lost, boolean uncounted, SortedSet<String> causes) {
  static final long OPEN_FROM = Long.MIN_VALUE;
  static final long OPEN_TO = Long.MAX_VALUE;

  static final Comparator<Span> ORDER =
      Comparator.comparingLong(Span::from).thenComparingLong(Span::to);

  static Span counted(long from, long to, Map<String, Long> lost, Set<String> causes) {
    return new Span(from, Math.max(from, to), new TreeMap<>(lost), false, new TreeSet<>(causes));
  }

  static Span uncounted(long from, long to, String cause) {
    return new Span(from, Math.max(from, to), new TreeMap<>(), true, new TreeSet<>(Set.of(cause)));
  }

  /** The time of both and of what lies between them. */
  Span with(Span other) {
    SortedMap<String, Long> sums = new TreeMap<>(lost);
    other.lost.forEach((table, count) -> sums.merge(table, count, Span::sum));
    SortedSet<String> all = new TreeSet<>(causes);
    all.addAll(other.causes);
    return new Span(
        Math.min(from, other.from),
        Math.max(to, other.to),
        sums,
        uncounted || other.uncounted,
        all);
  }

  /** Numbers come from strangers: a sum that is too large to be true must not become another. */
  static long sum(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
