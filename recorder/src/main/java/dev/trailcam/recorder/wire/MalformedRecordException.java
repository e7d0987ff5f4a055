// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import java.util.Locale;

/** Bytes that are no record: what is wrong, and where. Checked, since bytes are hostile. */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final int offset;

  /**
   * Says what is wrong.
   *
   * @param offset bytes from the start of the record
   */
  public MalformedRecordException(int offset, String what) {
    super(String.format(Locale.ROOT, "offset %d: %s", offset, what));
    this.offset = offset;
  }

  /** Bytes from the start of the record to what is wrong. */
  public int offset() {
    return offset;
  }
}
