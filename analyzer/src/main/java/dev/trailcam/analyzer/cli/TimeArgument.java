// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time on the command line: RFC 3339, a date (its beginning in UTC), or {@code T-7d}
 * before the moment the program was started.
 */
final class TimeArgument {
  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhdw])");
  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})(ms|[smhd])");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private TimeArgument() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if it is none; the message ends a sentence that begins with
   *     the option
   */
  static Instant at(String text, Instant now) {
    try {
      if (text.equals("T")) {
        return now;
      }
      if (text.startsWith("T-")) {
        return ago(text.substring(2), now);
      }
      if (DATE.matcher(text).matches()) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time such as 2026-11-22T04:00:00Z, a date such as 2026-11-22 (in UTC), or"
              + " T-7d or T-12h for so long before now",
          e);
    }
  }

  /**
   * Reads how long ago something was.
   *
   * @throws IllegalArgumentException likewise
   */
  static Instant ago(String text, Instant now) {
    Matcher matcher = AGO.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a number with a unit: s, m, h, d (24 hours) or w, such as 7d");
    }
    Duration unit =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          case "d" -> Duration.ofDays(1);
          default -> Duration.ofDays(7);
        };
    return now.truncatedTo(ChronoUnit.SECONDS)
        .minus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
  }

  /**
   * Reads a length of time from 1 ms to 365 days; the result is in nanoseconds.
   *
   * @throws IllegalArgumentException likewise
   */
  static long length(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (matcher.matches()) {
      Duration unit =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
          };
      Duration length = unit.multipliedBy(Long.parseLong(matcher.group(1)));
      if (length.toMillis() >= 1 && length.compareTo(Duration.ofDays(365)) <= 0) {
        return length.toNanos();
      }
    }
    throw new IllegalArgumentException(
        "must be a number with a unit: ms, s, m, h or d (24 hours), from 1ms to 365d, such as 30s");
  }
}
