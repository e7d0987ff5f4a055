// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.suppressions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A time as people write it: a date, which is its first moment in UTC, or RFC 3339. */
final class EventTime {
  static final String EXPECTED =
      "a date, such as 2027-03-31 (its first moment in UTC), or RFC 3339 with an offset, such as"
          + " 2027-03-31T18:00:00Z, from 1970 to 2200";

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** Not finer than the times of executions: a seventh digit could not make a difference. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2200;

  private EventTime() {}

  /** Microseconds since 1970; empty where the text is none of the two. */
  static OptionalLong micros(String text) {
    try {
      Instant time;
      if (DATE.matcher(text).matches()) {
        time = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      } else if (RFC_3339.matcher(text).matches()) {
        time = OffsetDateTime.parse(text).toInstant();
      } else {
        return OptionalLong.empty();
      }
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      return year < FIRST_YEAR || year > LAST_YEAR
          ? OptionalLong.empty()
          : OptionalLong.of(time.getEpochSecond() * 1_000_000 + time.getNano() / 1000);
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
