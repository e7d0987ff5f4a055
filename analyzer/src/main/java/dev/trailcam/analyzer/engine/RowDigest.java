// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

/**
 * What the rows of a segment say, in their order.
 *
 * @param rows how many they are
 * @param sha256 SHA-256 over what each of the columns says, see {@code docs/compaction.md}
 */
public record RowDigest(long rows, String sha256) {}
