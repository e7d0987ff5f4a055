// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.nio.file.Path;

/**
 * A segment file whose size and hash were found to be what the manifest says.
 *
 * @param table the table its rows belong to
 * @param entry its manifest line
 * @param file absolute path of the regular file that was hashed
 */
public record Segment(Table table, ManifestEntry.Segment entry, Path file) {}
