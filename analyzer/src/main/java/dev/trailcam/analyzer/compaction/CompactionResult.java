// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * What a compaction made and what it did not take.
 *
 * @param written directories that are new, by their first day
 * @param already captures that were compacted before and were not taken again
 * @param rejections what stays where it is, because more is known of it than its rows
 */
public record CompactionResult(List<Written> written, int already, List<Rejection> rejections) {

  /** Makes the lists immutable. */
  public CompactionResult {
    written = List.copyOf(written);
    rejections = List.copyOf(rejections);
  }

  /**
   * A directory that is new.
   *
   * @param captures how many captures are in it
   * @param rows rows of all tables
   * @param originalBytes size of the segments and manifests it was made of
   * @param bytes size of all its files
   * @param headHash SHA-256 of the last line about it
   */
  public record Written(
      Path path,
      Period period,
      LocalDate firstDay,
      int captures,
      long rows,
      long originalBytes,
      long bytes,
      String headHash) {}
}
