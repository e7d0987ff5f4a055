// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The wall clock of one recording, as far as its manifest read it. Wall clocks are set back and
 * forth, so a boot time has an earliest and a latest one: those by the readings around it.
 */
final class WallClock {
  private final NavigableMap<Long, Long> offsets = new TreeMap<>();

  WallClock(Manifest manifest) {
    read(manifest.start().clock());
    manifest.segments().forEach(segment -> read(segment.clock()));
    manifest.end().ifPresent(end -> read(end.clock()));
  }

  private void read(ClockReading clock) {
    if (clock != null) {
      offsets.put(clock.bootNs(), saturated(clock.realNs(), -clock.bootNs()));
    }
  }

  /** The earliest wall-clock time that the beginning of the given time may have had. */
  long earliest(long fromBootNs, long toBootNs) {
    return saturated(fromBootNs, around(fromBootNs, toBootNs).stream().min(Long::compare).get());
  }

  /** The latest wall-clock time that the end of the given time may have had. */
  long latest(long fromBootNs, long toBootNs) {
    return saturated(toBootNs, around(fromBootNs, toBootNs).stream().max(Long::compare).get());
  }

  private Collection<Long> around(long fromBootNs, long toBootNs) {
    Long first = offsets.floorKey(fromBootNs);
    Long last = offsets.ceilingKey(Math.max(fromBootNs, toBootNs));
    NavigableMap<Long, Long> part =
        offsets.subMap(
            first == null ? offsets.firstKey() : first,
            true,
            last == null ? offsets.lastKey() : last,
            true);
    return part.isEmpty() ? List.copyOf(offsets.values()) : part.values();
  }

  private static long saturated(long bootNs, long offsetNs) {
    return Span.sum(bootNs, offsetNs);
  }
}
