// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

/**
 * Where reading a spool file ended.
 *
 * @param frames good frames
 * @param goodBytes bytes up to the end of the last good frame, header included
 * @param bytesAfter bytes behind them that nothing can be read from
 * @param reason why nothing more was read
 */
public record SpoolEnd(long frames, long goodBytes, long bytesAfter, Reason reason) {

  /** Why reading ended. */
  public enum Reason {
    COMPLETE("it is whole"),
    BAD_HEADER("it does not begin as a spool of this capture format does"),
    TORN("its last frame is cut off"),
    BAD_LENGTH("a frame has an impossible length"),
    BAD_CHECKSUM("a frame's checksum is wrong"),
    BAD_NUMBER("a frame does not follow the one before"),
    BAD_KIND("a frame is of an unknown kind");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** The reason as the end of a sentence. */
    public String sentence() {
      return sentence;
    }
  }
}
