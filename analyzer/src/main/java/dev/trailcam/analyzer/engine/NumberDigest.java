// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;

/** Hashes what a column of numbers says in the rows of a part: each in decimal, and a comma. */
final class NumberDigest {
  /** Sign, digits and comma of the longest number. */
  private static final int LONGEST = 21;

  private final MessageDigest digest = DigestRun.sha256();
  private final byte[] buffer = new byte[4_096];
  private int size;
  private boolean any;

  void add(long number) {
    any = true;
    if (number < 0 || size + LONGEST > buffer.length) {
      add(Long.toString(number));
      return;
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    size += digits;
    long rest = number;
    for (int at = size - 1; at >= size - digits; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    buffer[size++] = ',';
  }

  void add(boolean flag) {
    any = true;
    add(Boolean.toString(flag));
  }

  void addNull() {
    add("-");
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    if (size + bytes.length + 1 > buffer.length) {
      flush();
    }
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    buffer[size++] = ',';
  }

  private void flush() {
    digest.update(buffer, 0, size);
    size = 0;
  }

  /** The hash of what was added since the last time, or null if none of it was a value. */
  byte[] end() {
    flush();
    byte[] hash = digest.digest();
    boolean had = any;
    any = false;
    return had ? hash : null;
  }
}
