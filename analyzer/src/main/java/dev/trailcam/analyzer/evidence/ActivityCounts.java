// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.util.List;

/**
 * What the executions of a capture were, counted.
 *
 * @param users the user ids (effective ones) with the most executions
 * @param directories the directories whose programs ran most often
 * @param rare programs that ran once
 * @param histogram when they ran
 */
public record ActivityCounts(Ranking users, Ranking directories, Rare rare, Histogram histogram) {

  /**
   * The most frequent of many.
   *
   * @param distinct how many there are
   * @param top most frequent first, at most ten
   */
  public record Ranking(long distinct, List<Entry> top) {

    /** Makes the list immutable. */
    public Ranking {
      top = List.copyOf(top);
    }
  }

  /**
   * One of them.
   *
   * @param name null where it is not known
   */
  public record Entry(String name, long executions) {}

  /**
   * Programs that ran once.
   *
   * @param programs how many there are
   * @param first in the order of time, at most twenty
   */
  public record Rare(long programs, List<Once> first) {

    /** Makes the list immutable. */
    public Rare {
      first = List.copyOf(first);
    }
  }

  /**
   * One of them.
   *
   * @param exe path of the program
   * @param tsNs when it ran, in nanoseconds since 1970
   */
  public record Once(String exe, long tsNs) {}

  /**
   * Executions over time.
   *
   * @param seconds length of an interval, from 1; intervals begin at multiples of it since 1970
   * @param firstSeconds beginning of the first interval, in seconds since 1970
   * @param counts executions in each interval; empty where there is none
   */
  public record Histogram(long seconds, long firstSeconds, List<Long> counts) {
    /** What fits a screen. */
    public static final int MAX_INTERVALS = 24;

    /** Lengths that people count in; beyond the last there are multiples of it. */
    private static final List<Long> LENGTHS =
        List.of(
            1L, 2L, 5L, 10L, 15L, 30L, 60L, 120L, 300L, 600L, 900L, 1_800L, 3_600L, 7_200L, 10_800L,
            21_600L, 43_200L, 86_400L);

    /** Makes the list immutable. */
    public Histogram {
      counts = List.copyOf(counts);
    }

    /** The shortest length of which few enough intervals cover a time, in seconds since 1970. */
    public static long lengthFor(long first, long last) {
      for (long length : LENGTHS) {
        if (intervals(first, last, length) <= MAX_INTERVALS) {
          return length;
        }
      }
      long days = 1;
      long day = LENGTHS.get(LENGTHS.size() - 1);
      while (intervals(first, last, days * day) > MAX_INTERVALS) {
        days *= 2;
      }
      return days * day;
    }

    private static long intervals(long first, long last, long length) {
      return Math.floorDiv(last, length) - Math.floorDiv(first, length) + 1;
    }
  }
}
