// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.ManifestEntry;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a recording went.
 *
 * @param capture the capture's directory
 * @param end its last line; not written when there is a failure
 * @param exitStatus the command's status as a shell tells it, 0 without a command
 * @param failure what kept the capture from being complete, besides counted losses
 */
public record RecordingResult(
    Path capture, ManifestEntry.End end, int exitStatus, Optional<String> failure) {

  /** All executions lost, whatever the cause. */
  public long lost() {
    return end.losses().values().stream().mapToLong(Long::longValue).sum();
  }
}
