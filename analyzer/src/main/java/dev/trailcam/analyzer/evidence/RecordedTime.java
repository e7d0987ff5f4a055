// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * When a capture was recorded, as far as its manifest tells. Wall clocks are set back and forth, so
 * it is from the earliest to the latest reading there is.
 *
 * @param from inclusive
 * @param to inclusive; empty when nobody knows how long it went on
 */
record RecordedTime(Instant from, Optional<Instant> to) {
  private static final long NANOS = 1_000_000_000L;

  static RecordedTime of(Manifest manifest) {
    List<Instant> readings = new ArrayList<>();
    readings.add(instant(manifest.start().clock()));
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (segment.clock() != null) {
        readings.add(instant(segment.clock()));
      }
    }
    Optional<Instant> end =
        manifest.problems().isEmpty()
            ? manifest.end().map(ManifestEntry.End::clock).map(RecordedTime::instant)
            : Optional.empty();
    end.ifPresent(readings::add);
    return new RecordedTime(Collections.min(readings), end.map(known -> Collections.max(readings)));
  }

  /** Whether any of it lies within a time that is bounded or not; the latter bound is exclusive. */
  boolean overlaps(Optional<Instant> first, Optional<Instant> last) {
    boolean endsBefore = first.isPresent() && to.isPresent() && to.get().isBefore(first.get());
    boolean beginsAfter = last.isPresent() && !from.isBefore(last.get());
    return !endsBefore && !beginsAfter;
  }

  private static Instant instant(ClockReading clock) {
    return Instant.ofEpochSecond(
        Math.floorDiv(clock.realNs(), NANOS), Math.floorMod(clock.realNs(), NANOS));
  }
}
