// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a recording went.
 *
 * @param capture the capture's directory
 * @param recorded executions in its segments
 * @param losses executions lost, by cause
 * @param exitStatus the command's status as a shell tells it, 0 without a command
 * @param failure what kept the capture from being complete, besides counted losses
 */
public record RecordingResult(
    Path capture,
    long recorded,
    Map<String, Long> losses,
    int exitStatus,
    Optional<String> failure) {

  /** All executions lost, whatever the cause. */
  public long lost() {
    return losses.values().stream().mapToLong(Long::longValue).sum();
  }
}
