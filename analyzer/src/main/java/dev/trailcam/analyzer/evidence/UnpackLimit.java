// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How much one pass over an archive may unpack. Segments are compressed, so they hardly grow. */
final class UnpackLimit {
  private static final long MAX_RATIO = 100;
  private static final long ALWAYS_BYTES = 1L << 30;

  private long left;

  /**
   * A limit.
   *
   * @param archiveBytes size of the archive
   */
  UnpackLimit(long archiveBytes) {
    left = ALWAYS_BYTES + MAX_RATIO * Math.min(archiveBytes, Long.MAX_VALUE / MAX_RATIO / 2);
  }

  /** The stream, as long as the limit is not reached. */
  InputStream on(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int b = super.read();
        take(b < 0 ? 0 : 1);
        return b;
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        int n = super.read(buffer, from, length);
        take(Math.max(n, 0));
        return n;
      }

      @Override
      public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        take(skipped);
        return skipped;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  private void take(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException(
          "unpacks to more than " + MAX_RATIO + " times its size; unpack it where there is room");
    }
  }
}
