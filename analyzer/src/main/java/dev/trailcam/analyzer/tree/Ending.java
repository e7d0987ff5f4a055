// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

/**
 * How a process ended.
 *
 * @param tsNs when, in nanoseconds since 1970
 * @param exitCode its status from 0 to 255; null when a signal ended it
 * @param signal the signal; null when it ended itself
 */
public record Ending(long tsNs, Integer exitCode, Integer signal) {}
