// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One line of {@code compaction.jsonl}: a {@link Start}, a {@link Parquet} for each file, an {@link
 * Original} for each capture whose rows are in them, a {@link LeftOut} for each that was not taken,
 * an {@link End}. Chained and checked as the lines of a manifest are.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CompactionEntry.Start.class, name = "compaction"),
  @JsonSubTypes.Type(value = CompactionEntry.Parquet.class, name = "file"),
  @JsonSubTypes.Type(value = CompactionEntry.Original.class, name = "original"),
  @JsonSubTypes.Type(value = CompactionEntry.LeftOut.class, name = "left_out"),
  @JsonSubTypes.Type(value = CompactionEntry.End.class, name = "end")
})
public sealed interface CompactionEntry extends ChainEntry<CompactionEntry> {
  /** Captures with a larger manifest are not compacted: a line of ours has to hold it. */
  int MAX_MANIFEST_BYTES = 16 << 20;

  /**
   * Who compacts what.
   *
   * @param compactionVersion version of this format, from 1
   * @param tool name and version of the program
   * @param engine what wrote the Parquet files; another version may write other bytes of the same
   *     rows
   * @param period {@code day}, {@code week} or {@code month}, in UTC
   * @param firstDay the day the period begins, ISO 8601
   */
  record Start(
      int compactionVersion,
      String tool,
      String engine,
      String period,
      String firstDay,
      String prev)
      implements CompactionEntry {
    @Override
    public Start withPrev(String hash) {
      return new Start(compactionVersion, tool, engine, period, firstDay, hash);
    }
  }

  /**
   * A file of rows, in the order of its parts, and in a part in the order of the original segment.
   *
   * @param table {@link Table#filePrefix()}
   * @param file {@link CaptureLayout#segmentName}
   * @param bytes its size
   * @param sha256 its hash, 64 hexadecimal digits
   * @param rows rows in all parts
   * @param parts how many segments it holds, from 1; they are numbered from 0
   */
  record Parquet(
      String table, String file, long bytes, String sha256, long rows, int parts, String prev)
      implements CompactionEntry {
    @Override
    public Parquet withPrev(String hash) {
      return new Parquet(table, file, bytes, sha256, rows, parts, hash);
    }
  }

  /**
   * A capture that was taken.
   *
   * @param captureId as in its manifest
   * @param name a name for it that a directory could have
   * @param manifestSha256 SHA-256 of its manifest file
   * @param manifest the whole text of that file, every byte of it
   * @param parts where its segments are; those that retention had removed before are in none
   */
  record Original(
      String captureId,
      String name,
      String manifestSha256,
      String manifest,
      List<Part> parts,
      String prev)
      implements CompactionEntry {
    @Override
    public Original withPrev(String hash) {
      return new Original(captureId, name, manifestSha256, manifest, parts, hash);
    }
  }

  /**
   * A capture, or what might be one, that was there and was not taken. Its evidence is where it
   * was.
   *
   * @param name its directory or file, without the path to it
   * @param captureId as in its manifest; null when that could not be read
   * @param why names of what is wrong with it
   */
  record LeftOut(String name, String captureId, List<String> why, String prev)
      implements CompactionEntry {
    @Override
    public LeftOut withPrev(String hash) {
      return new LeftOut(name, captureId, why, hash);
    }
  }

  /**
   * Everything is there. Without this line nothing in the directory counts.
   *
   * @param files how many lines tell of files
   * @param originals how many lines tell of captures that were taken
   * @param leftOut how many lines tell of what was not
   * @param rows rows in all files
   */
  record End(int files, int originals, int leftOut, long rows, String prev)
      implements CompactionEntry {
    @Override
    public End withPrev(String hash) {
      return new End(files, originals, leftOut, rows, hash);
    }
  }

  /**
   * Where the rows of an original segment are.
   *
   * @param segment its name in the original
   * @param file name of the file that holds the rows
   * @param part its number in that file, from 0
   * @param rows how many they are
   * @param rowsSha256 hash of what the rows say, see {@code docs/compaction.md}
   */
  record Part(String segment, String file, int part, long rows, String rowsSha256) {}
}
