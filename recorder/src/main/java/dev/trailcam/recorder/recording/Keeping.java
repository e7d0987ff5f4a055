// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import java.time.Duration;
import java.util.Optional;

/**
 * How what is recorded becomes segments, and how long those stay.
 *
 * @param segmentEvery how long an event may wait for its segment on a quiet machine
 * @param segmentBytes size of the spool that is worth a segment
 * @param keepFor age at which sealed segments are removed; empty: never
 * @param keepBytes size of all sealed segments of the store beyond which the oldest are removed;
 *     empty: none
 */
public record Keeping(
    Duration segmentEvery,
    long segmentBytes,
    Optional<Duration> keepFor,
    Optional<Long> keepBytes) {
  public static final Duration DEFAULT_SEGMENT_EVERY = Duration.ofMinutes(15);
  public static final long DEFAULT_SEGMENT_BYTES = 256L << 20;

  /** Everything is kept. */
  public static final Keeping EVERYTHING =
      new Keeping(DEFAULT_SEGMENT_EVERY, DEFAULT_SEGMENT_BYTES, Optional.empty(), Optional.empty());
}
