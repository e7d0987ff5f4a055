// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory of compacted captures and what is written in it about it.
 *
 * @param path its real path
 * @param shown the directory, as the user would name it
 * @param intact names of those of its files that are as they were written
 */
public record CompactedDirectory(
    Path path, String shown, Compaction compaction, List<CompactionEntry.Parquet> intact) {

  /** Makes the list immutable. */
  public CompactedDirectory {
    intact = List.copyOf(intact);
  }

  /**
   * Finds the readable and finished ones; {@link CaptureSet#open} says what is wrong with others.
   *
   * @param places where they lie
   */
  public static List<CompactedDirectory> find(List<CompactionPlace> places) {
    List<CompactedDirectory> found = new ArrayList<>();
    for (CompactionPlace place : places) {
      try {
        Compaction compaction = CompactionCheck.read(place.path());
        CompactedFiles files = new CompactedFiles(place.path(), compaction);
        found.add(
            new CompactedDirectory(
                place.path(),
                place.shown(),
                compaction,
                compaction.files().stream()
                    .filter(file -> files.fault(file.file()).isEmpty())
                    .toList()));
      } catch (IOException e) {
        // Opening the same as captures names it.
      }
    }
    return found;
  }

  /** What a capture in it is called, as in {@link Capture#path()}. */
  public String shown(Compaction.Original original) {
    return shown + "/" + original.name();
  }
}
