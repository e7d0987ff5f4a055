// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

/**
 * A process above the one that executed something.
 *
 * @param startNs when it was forked, nanoseconds since boot (CLOCK_BOOTTIME)
 * @param image the program image it was running; 0 when not known
 * @param comm task name, at most 15 bytes; U+FFFD for what is no UTF-8
 */
public record Ancestor(int pid, long startNs, long image, String comm) {}
