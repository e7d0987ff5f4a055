// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.ManifestEntry.SequenceRange;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times in which numbers of executions are missing. Which of them a counted loss explains cannot be
 * said, so all of them count.
 */
final class SequenceHoles {
  private final WallClock clock;
  private final long begin;
  private final List<Span> holes = new ArrayList<>();

  /** The number that comes next and when the last one was seen, by processor. */
  private final Map<Integer, Long> next = new HashMap<>();

  private final Map<Integer, Long> seen = new HashMap<>();

  private SequenceHoles(Manifest manifest, WallClock clock) {
    this.clock = clock;
    this.begin = manifest.start().clock().bootNs();
  }

  static List<Span> of(Manifest manifest, WallClock clock) {
    SequenceHoles holes = new SequenceHoles(manifest, clock);
    for (ManifestEntry.Segment segment : manifest.segments()) {
      if (Table.EXECS.filePrefix().equals(segment.table()) && segment.sequences() != null) {
        segment.sequences().forEach(range -> holes.look(segment, range));
      }
    }
    return holes.holes;
  }

  private void look(ManifestEntry.Segment segment, SequenceRange range) {
    boolean jump = range.first() != next.getOrDefault(range.cpu(), 0L);
    boolean inside = range.last() - range.first() + 1 != range.recorded();
    if (jump || inside) {
      long from = jump ? seen.getOrDefault(range.cpu(), begin) : segment.firstBootNs();
      long to = Math.max(from, segment.lastBootNs());
      holes.add(Span.uncounted(clock.earliest(from, to), clock.latest(from, to), Kind.GAP.id()));
    }
    next.put(range.cpu(), range.last() + 1);
    seen.put(range.cpu(), segment.lastBootNs());
  }
}
