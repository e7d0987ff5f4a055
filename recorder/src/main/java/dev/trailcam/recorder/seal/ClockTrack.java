// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.capture.ClockReading;
import java.util.TreeMap;

/** What the wall clock said at any boot time of the recording. */
final class ClockTrack {
  /** More than one spool file has, since records of the next may be a little older. */
  private static final int READINGS = 10_000;

  private final TreeMap<Long, ClockReading> readings = new TreeMap<>();

  ClockTrack(ClockReading start) {
    add(start);
  }

  void add(ClockReading reading) {
    readings.put(reading.bootNs(), reading);
    if (readings.size() > READINGS) {
      readings.pollFirstEntry();
    }
  }

  /** Wall clock minus boot clock, by the last reading at or before this boot time. */
  long offsetNs(long bootNs) {
    var reading = readings.floorEntry(bootNs);
    return (reading == null ? readings.firstEntry() : reading).getValue().offsetNs();
  }

  ClockReading last() {
    return readings.lastEntry().getValue();
  }

  /** Wall-clock time, microseconds since 1970. */
  long micros(long bootNs) {
    return Math.floorDiv(bootNs + offsetNs(bootNs), 1_000L);
  }
}
