// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read, and where the rows of executions can be read again.
 *
 * @param captures with malformed segments set aside
 * @param segments by their number, those of all tables
 * @param captureOf the capture of each segment, by number
 * @param reader reads the rows of executions
 * @param files by the number of a segment of executions
 * @param fileTables files of the table {@code files}, whether they were read or not
 */
record LoadedEvidence(
    List<Capture> captures,
    Map<Integer, Segment> segments,
    SortedMap<Integer, Integer> captureOf,
    SegmentReader reader,
    Map<Integer, SegmentFile> files,
    List<SegmentFile> fileTables) {

  /** Executions that the manifests promise of what was read, which was compared with them. */
  long executions() {
    return files.keySet().stream().mapToLong(number -> segments.get(number).entry().rows()).sum();
  }

  /** Files with executions of boots of which there is more than one capture. */
  List<SegmentFile> filesOfSharedBoots() {
    Map<String, Set<Integer>> captures = new HashMap<>();
    Map<String, Set<SegmentFile>> found = new TreeMap<>();
    captureOf.forEach(
        (number, capture) -> {
          SegmentFile file = files.get(number);
          if (file != null) {
            String boot = this.captures.get(capture).manifest().start().bootId();
            captures.computeIfAbsent(boot, key -> new HashSet<>()).add(capture);
            found.computeIfAbsent(boot, key -> new LinkedHashSet<>()).add(file);
          }
        });
    found.keySet().removeIf(boot -> captures.get(boot).size() < 2);
    return found.values().stream().flatMap(Set::stream).distinct().toList();
  }
}
