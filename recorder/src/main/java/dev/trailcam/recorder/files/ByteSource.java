// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.io.IOException;

/** A file's bytes, wherever they come from. */
interface ByteSource {
  /** Bytes, as the file was when it was opened. */
  long size();

  /**
   * Reads from a place.
   *
   * @param into takes the bytes, from its start
   * @param length at most the array's; fewer may be read
   * @return how many were read; 0 at the end
   */
  int read(byte[] into, int length, long at) throws IOException;
}
