// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The blocks of a tar file on their way to the library that knows what they mean. Sees to what it
 * does not: that names and headers are of a sensible size, and that there is an end.
 */
final class TarStream extends FilterInputStream {
  static final int BLOCK_BYTES = 512;

  /** Two blocks of zeros. */
  private static final int END_BYTES = 2 * BLOCK_BYTES;

  /** A name may take 64 KiB, and what else is said of an entry as much again, and more. */
  private static final long MAX_HEADER_BYTES = 1 << 20;

  private long allowed = Long.MAX_VALUE;
  private long sinceEntry;
  private long zeros;
  private int padding;
  private long sparse;

  TarStream(InputStream in) {
    super(in);
  }

  /** What is read from now on is the description of an entry, or the end. */
  void beginHeader() {
    allowed = MAX_HEADER_BYTES + sparse;
    sinceEntry = 0;
    zeros = 0;
  }

  /** What is read from now on is the content of an entry. */
  void endHeader() {
    allowed = Long.MAX_VALUE;
  }

  /** The entry that is being read has this size, and blocks are filled up. */
  void skipping(long bytes) {
    padding = (int) ((BLOCK_BYTES - bytes % BLOCK_BYTES) % BLOCK_BYTES);
    sparse = bytes;
  }

  /**
   * Reads to the end, after the last entry.
   *
   * @throws IOException if there is no mark of the end, or something after it
   */
  void requireEnd() throws IOException {
    if (zeros < END_BYTES || sinceEntry < padding + END_BYTES) {
      throw new IOException("is cut off: it has no mark at its end");
    }
    byte[] buffer = new byte[1 << 16];
    int n = read(buffer);
    while (n >= 0) {
      if (zeros < n) {
        throw new IOException("goes on after the mark at its end; what comes there is not read");
      }
      n = read(buffer);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int n = super.read(buffer, from, length);
    if (n <= 0) {
      return n;
    }
    allowed -= n;
    if (allowed < 0) {
      throw new IOException("describes an entry in more than 1 MiB; unpack the archive");
    }
    sinceEntry += n;
    int last = from + n - 1;
    while (last >= from && buffer[last] == 0) {
      last--;
    }
    zeros = last < from ? zeros + n : from + n - 1 - last;
    return n;
  }

  /** By reading, so that nothing goes by uncounted. */
  @Override
  public long skip(long n) throws IOException {
    byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), 1 << 16)];
    return Math.max(0, read(buffer));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
