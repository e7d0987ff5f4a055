// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Parquet file under a name of ours, and the segments in it: one, or the parts of a compacted
 * file.
 *
 * @param table the table its rows belong to
 * @param link its path in the private directory; ends in {@code -first.parquet}
 * @param first number of the segment that part 0 is, or of the only one
 * @param parted whether a column says to which part a row belongs
 * @param segments those that are to be read, by number, from {@code first} on
 */
record SegmentFile(
    Table table, Path link, int first, boolean parted, SortedMap<Integer, Segment> segments) {
  /** The column of a compacted file that says to which part a row belongs. */
  static final String PART = "trailcam_part";

  /** The same file without some of its segments; empty when none is left. */
  Optional<SegmentFile> without(Set<Integer> numbers) {
    SortedMap<Integer, Segment> kept = new TreeMap<>(segments);
    kept.keySet().removeAll(numbers);
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(new SegmentFile(table, link, first, parted, kept));
  }

  /** Rows that the manifests promise. */
  long rows() {
    return segments.values().stream().mapToLong(segment -> segment.entry().rows()).sum();
  }

  /**
   * Groups files, in their order, so that no group has more rows than given unless it is one file.
   */
  static List<List<SegmentFile>> batches(List<SegmentFile> files, long rows) {
    List<List<SegmentFile>> batches = new ArrayList<>();
    long room = 0;
    for (SegmentFile file : files) {
      if (batches.isEmpty() || file.rows() > room) {
        batches.add(new ArrayList<>());
        room = rows;
      }
      batches.get(batches.size() - 1).add(file);
      room -= file.rows();
    }
    return batches;
  }
}
