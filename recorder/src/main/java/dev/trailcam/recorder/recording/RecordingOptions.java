// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to record, and where to.
 *
 * @param store directory that gets the capture's directory; created when absent
 * @param environment where the machine stands, when somebody said
 * @param command command to record with its descendants, as bytes; empty for the whole machine
 * @param ringBytes size of the kernel's ring buffer
 * @param rawSecrets whether secrets in arguments are kept as they are
 * @param keeping how segments are rolled and how long they are kept
 * @param recorder name and version of this program
 */
public record RecordingOptions(
    Path store,
    Optional<Environment> environment,
    List<byte[]> command,
    long ringBytes,
    boolean rawSecrets,
    Keeping keeping,
    String recorder) {
  public RecordingOptions {
    command = List.copyOf(command);
  }

  /** Whether one command and its descendants are recorded, not the whole machine. */
  public boolean scoped() {
    return !command.isEmpty();
  }
}
