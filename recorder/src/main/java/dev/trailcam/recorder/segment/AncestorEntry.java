// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

/**
 * An element of a column of ancestors.
 *
 * @param startBootNs when the process was forked, nanoseconds since boot
 * @param comm task name
 * @param exe what it was running; null when not known
 */
public record AncestorEntry(int pid, long startBootNs, String comm, String exe) {}
