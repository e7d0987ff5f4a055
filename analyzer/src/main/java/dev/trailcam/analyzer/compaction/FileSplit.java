// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments that go into one file, as its parts.
 *
 * @param segments by the start of their capture, then as their manifest lists them
 */
record FileSplit(Table table, String name, List<Segment> segments) {
  /** All segments of a file are open while it is written. */
  private static final int MAX_PARTS = 200;

  /** Divides what the captures hold; a segment is never divided. */
  static List<FileSplit> of(List<Capture> captures, long maxRows) {
    List<FileSplit> files = new ArrayList<>();
    for (Table table : Table.values()) {
      FileSplit last = null;
      int number = 0;
      long rows = 0;
      for (Capture capture : captures) {
        for (Segment segment : capture.segments()) {
          if (segment.table() != table) {
            continue;
          }
          if (last == null
              || last.segments().size() == MAX_PARTS
              || rows + segment.entry().rows() > maxRows) {
            last =
                new FileSplit(table, CaptureLayout.segmentName(table, ++number), new ArrayList<>());
            files.add(last);
            rows = 0;
          }
          last.segments().add(segment);
          rows += segment.entry().rows();
        }
      }
    }
    return files;
  }
}
