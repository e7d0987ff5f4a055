// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

/**
 * The names inside a directory of compacted captures, as far as they are not those of a capture.
 *
 * <pre>
 * compacted-2026-11-22-3f9a1c2e/
 *   compaction.jsonl
 *   exec-000001.parquet  exec-000002.parquet  exit-000001.parquet
 * </pre>
 */
public final class CompactionLayout {
  public static final String JOURNAL = "compaction.jsonl";

  /** Column of the Parquet files, INTEGER: the number of the part that a row belongs to. */
  public static final String PART = "trailcam_part";

  private static final int HASH_DIGITS = 8;

  private CompactionLayout() {}

  /**
   * Name of the directory.
   *
   * @param firstDay ISO 8601
   * @param sha256 of what is in it
   */
  public static String directoryName(String firstDay, String sha256) {
    return "compacted-" + firstDay + "-" + sha256.substring(0, HASH_DIGITS);
  }
}
