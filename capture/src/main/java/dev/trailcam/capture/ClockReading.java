// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * Three clocks read at one moment, in nanoseconds.
 *
 * @param bootNs since boot, suspended time included (CLOCK_BOOTTIME)
 * @param monotonicNs since boot, suspended time excluded (CLOCK_MONOTONIC)
 * @param realNs since 1970-01-01T00:00:00Z (CLOCK_REALTIME); may be set back and forth
 */
public record ClockReading(long bootNs, long monotonicNs, long realNs) {

  /** What to add to a boot time to get wall-clock time, as the wall clock stood at this moment. */
  public long offsetNs() {
    return realNs - bootNs;
  }
}
