// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.util.Locale;
import java.util.Map;

/** Why the recorder did not record something it knows of. Names are part of the capture format. */
public enum LossCause {
  /** The ring between kernel and collector had no room for the record. */
  RING_FULL("the ring buffer was full"),
  /** The processor's scratch area was in use by a record it interrupted. */
  SCRATCH_BUSY("the kernel program was interrupted by itself"),
  /** A forked process could not be marked, so what it executes may be missing: a lower bound. */
  UNTRACKED_FORK("a process could not be followed"),
  /** A record reached the collector but its spool frame is damaged or missing. */
  SPOOL_DAMAGED("the spool was damaged");

  private final String sentence;

  LossCause(String sentence) {
    this.sentence = sentence;
  }

  /** The name in the {@code cause} column and in the manifest. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How many of these losses were executions, each with a sequence number of its own. A fork that
   * could not be followed is none, only a hint at some.
   *
   * @param losses counts by {@link #id()}
   * @throws ArithmeticException if the sum is too large to be true
   */
  public static long executions(Map<String, Long> losses) {
    long sum = 0;
    for (Map.Entry<String, Long> loss : losses.entrySet()) {
      if (!loss.getKey().equals(UNTRACKED_FORK.id())) {
        sum = Math.addExact(sum, loss.getValue());
      }
    }
    return sum;
  }

  /** The cause as the end of a sentence: "12 executions lost: the ring buffer was full". */
  public String sentence() {
    return sentence;
  }
}
