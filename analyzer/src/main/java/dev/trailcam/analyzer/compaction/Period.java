// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Time whose captures go into one directory, in UTC. */
public enum Period {
  DAY,
  /** From Monday. */
  WEEK,
  MONTH;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  LocalDate firstDay(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }
}
