// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A segment file whose size and hash were found to be what the manifest says.
 *
 * @param table the table its rows belong to
 * @param entry its manifest line
 * @param file absolute path of the regular file that was hashed
 * @param part which of the file's parts its rows are, from 0; empty where the file holds this
 *     segment alone
 */
public record Segment(Table table, ManifestEntry.Segment entry, Path file, OptionalInt part) {

  /** A segment in a file of its own. */
  public Segment(Table table, ManifestEntry.Segment entry, Path file) {
    this(table, entry, file, OptionalInt.empty());
  }
}
