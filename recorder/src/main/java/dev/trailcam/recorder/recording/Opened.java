// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.libbpf.KernelWatch;
import java.nio.file.Path;

/**
 * A recording that has begun: the kernel program runs, the capture has its first line, the command
 * is started. What is left to do needs hardly any rights, so all of this can be handed to a program
 * that has none.
 *
 * @param capture the capture's directory
 * @param directory a descriptor of it
 * @param watch what the kernel program is read through
 * @param command process id of the command; 0 when the whole machine is recorded, or when it could
 *     not be started
 * @param notStarted status of a command that could not be started, as a shell tells it; else 0
 * @param key a pipe that holds the key of the marks for secrets; -1 when secrets are kept
 */
public record Opened(
    Path capture,
    int directory,
    KernelWatch.Handles watch,
    int command,
    int notStarted,
    int key,
    Keeping keeping) {
  /** {@link #key()} when secrets are kept as they are. */
  public static final int RAW = -1;
}
