// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.capture.ClockReading;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** Times as RFC 3339 in UTC, always with nine digits of a second so that they sort as text. */
public final class Times {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long BILLION = 1_000_000_000L;

  private Times() {}

  /** Nanoseconds since 1970. */
  public static String utc(long ns) {
    return RFC_3339.format(
        Instant.ofEpochSecond(Math.floorDiv(ns, BILLION), Math.floorMod(ns, BILLION)));
  }

  /** The same, or null where it is not known. */
  static String utc(OptionalLong ns) {
    return ns.isEmpty() ? null : utc(ns.getAsLong());
  }

  /** The wall clock, or null where there is none. */
  static String utc(ClockReading clock) {
    return clock == null ? null : utc(clock.realNs());
  }
}
