// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.nio.file.Path;

/**
 * Where compacted captures lie.
 *
 * @param path the directory's real path
 * @param shown the directory, as the user would name it
 */
public record CompactionPlace(Path path, String shown) {}
