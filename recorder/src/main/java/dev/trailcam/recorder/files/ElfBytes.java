// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers and strings of a file that may say anything: every access is checked against the file's
 * size, and what is read of it altogether is bounded.
 */
final class ElfBytes {
  private static final int WINDOW_BYTES = 4096;

  /** Of 2,802 ELF files of a Debian 12 the largest headers took 52 KiB. */
  private static final int BUDGET_BYTES = 4 << 20;

  private final ByteSource source;
  private final byte[] window = new byte[WINDOW_BYTES];
  private final ByteBuffer numbers = ByteBuffer.wrap(window);
  private long windowAt;
  private int windowLength;
  private int budget = BUDGET_BYTES;

  ElfBytes(ByteSource source) {
    this.source = source;
  }

  void order(ByteOrder order) {
    numbers.order(order);
  }

  static FactsMissingException malformed(String what) {
    return new FactsMissingException(MissingFacts.MALFORMED_ELF, what);
  }

  /** Fails unless these bytes are within the file; both numbers may be anything. */
  void requireRange(long at, long length, String what) throws FactsMissingException {
    if (at < 0 || length < 0 || at > source.size() || length > source.size() - at) {
      throw malformed(what + " lies beyond the end");
    }
  }

  int u8(long at) throws IOException {
    return Byte.toUnsignedInt(numbers.get(find(at, Byte.BYTES)));
  }

  int u16(long at) throws IOException {
    return Short.toUnsignedInt(numbers.getShort(find(at, Short.BYTES)));
  }

  long u32(long at) throws IOException {
    return Integer.toUnsignedLong(numbers.getInt(find(at, Integer.BYTES)));
  }

  /** All 64 bits; what uses the top one is negative. */
  long u64(long at) throws IOException {
    return numbers.getLong(find(at, Long.BYTES));
  }

  /**
   * Some bytes.
   *
   * @param length at most 4096
   */
  byte[] bytes(long at, int length) throws IOException {
    int start = find(at, length);
    return Arrays.copyOfRange(window, start, start + length);
  }

  /**
   * The bytes up to a NUL.
   *
   * @param most how many there may be with the NUL; never more than 4096
   */
  byte[] string(long at, long most, String what) throws IOException {
    int start = find(at, 1);
    int end = nul(start, most);
    if (end < 0 && start > 0) {
      fill(at, 1); // it may go on behind the window
      start = 0;
      end = nul(start, most);
    }
    if (end < 0) {
      throw malformed(what + " has no end");
    }
    return Arrays.copyOfRange(window, start, end);
  }

  private int nul(int start, long most) {
    int end = (int) Math.min(windowLength, start + Math.min(most, WINDOW_BYTES));
    for (int i = start; i < end; i++) {
      if (window[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Gets bytes into the window and says where in it they start. */
  private int find(long at, int length) throws IOException {
    requireRange(at, length, "a field");
    if (at < windowAt || at - windowAt > windowLength - length) {
      fill(at, length);
    }
    return (int) (at - windowAt);
  }

  private void fill(long at, int needed) throws IOException {
    windowAt = at;
    windowLength = 0;
    int wanted = (int) Math.min(WINDOW_BYTES, source.size() - at);
    budget -= WINDOW_BYTES;
    if (budget < 0) {
      throw malformed("its headers are larger than those of any program");
    }
    while (windowLength < wanted) {
      int read = readMore(wanted - windowLength);
      if (read <= 0) {
        break;
      }
      windowLength += read;
    }
    if (windowLength < needed) {
      throw new FactsMissingException(MissingFacts.CHANGED, "shorter than it was");
    }
  }

  private int readMore(int wanted) throws IOException {
    if (windowLength == 0) {
      return source.read(window, wanted, windowAt);
    }
    byte[] rest = new byte[wanted];
    int read = source.read(rest, wanted, windowAt + windowLength);
    System.arraycopy(rest, 0, window, windowLength, read);
    return read;
  }
}
