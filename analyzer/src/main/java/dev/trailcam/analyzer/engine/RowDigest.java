// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

/**
 * What the rows of a segment say, in their order.
 *
 * @param rows how many they are
 * @param sha256 SHA-256 over the hashes of the rows, each as 64 hexadecimal digits and a line feed
 */
public record RowDigest(long rows, String sha256) {}
