// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import java.util.List;

/** How long the parts are that a time is counted in. They begin at whole multiples of it in UTC. */
public final class PartLength {
  /** The shortest. */
  public static final long MIN_NS = 1_000_000;

  /** Parts at most, so that they fit into memory. */
  public static final int MAX_PARTS = 100_000;

  private static final long SECOND = 1000 * MIN_NS;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** What people count in; beyond, doubled. */
  private static final List<Long> LENGTHS =
      List.of(
          MIN_NS,
          2 * MIN_NS,
          5 * MIN_NS,
          10 * MIN_NS,
          20 * MIN_NS,
          50 * MIN_NS,
          100 * MIN_NS,
          200 * MIN_NS,
          500 * MIN_NS,
          SECOND,
          2 * SECOND,
          5 * SECOND,
          10 * SECOND,
          15 * SECOND,
          30 * SECOND,
          MINUTE,
          2 * MINUTE,
          5 * MINUTE,
          10 * MINUTE,
          15 * MINUTE,
          30 * MINUTE,
          HOUR,
          2 * HOUR,
          3 * HOUR,
          6 * HOUR,
          12 * HOUR,
          DAY,
          7 * DAY);

  private PartLength() {}

  /**
   * The shortest length that makes at most so many parts.
   *
   * @param fromNs the first moment, in nanoseconds since 1970
   * @param toNs the last
   * @param parts from 2
   */
  public static long fitting(long fromNs, long toNs, int parts) {
    for (long length : LENGTHS) {
      if (fits(fromNs, toNs, length, parts)) {
        return length;
      }
    }
    long length = 14 * DAY;
    while (!fits(fromNs, toNs, length, parts)) {
      length *= 2;
    }
    return length;
  }

  private static boolean fits(long fromNs, long toNs, long length, int parts) {
    return Math.floorDiv(toNs, length) - Math.floorDiv(fromNs, length) < parts;
  }

  /** When a part begins; the nearest that there is to a time that no clock can tell. */
  static long begin(long number, long length) {
    try {
      return Math.multiplyExact(number, length);
    } catch (ArithmeticException e) {
      return number < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
