// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import java.util.Map;

/** What came of trying to recover a capture. */
public sealed interface RecoveryOutcome {

  /**
   * The capture has an end now.
   *
   * @param rows executions in the whole capture
   * @param rescued of these, those that came from the spool
   * @param unreadableBytes bytes of the spool that nothing could be read from
   * @param losses executions lost in the whole capture, by {@link
   *     dev.trailcam.capture.LossCause#id()}
   */
  record Recovered(long rows, long rescued, long unreadableBytes, Map<String, Long> losses)
      implements RecoveryOutcome {
    public Recovered {
      losses = Map.copyOf(losses);
    }

    /** Executions lost in the whole capture. */
    public long lost() {
      return losses.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * The recording ended in order, or was recovered before; nothing was changed.
   *
   * @param reason {@link dev.trailcam.capture.EndReason#id()}
   */
  record Ended(String reason) implements RecoveryOutcome {}

  /**
   * The capture cannot be recovered; nothing of what was recorded was changed.
   *
   * @param why the end of a sentence
   */
  record Refused(String why) implements RecoveryOutcome {}
}
