// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Bytes from outside as they are stored: UTF-8 that every reader accepts, and the exact bytes
 * beside it where the two differ.
 */
final class StoredText {
  private StoredText() {}

  /** The bytes if they are UTF-8, otherwise a copy with U+FFFD for every part that is not. */
  static byte[] readable(byte[] bytes) {
    if (isAscii(bytes)) {
      return bytes;
    }
    byte[] decoded = new String(bytes, UTF_8).getBytes(UTF_8);
    return Arrays.equals(decoded, bytes) ? bytes : decoded;
  }

  static boolean isReadable(byte[] bytes) {
    return readable(bytes) == bytes;
  }

  /** Whether all of these byte arrays are. */
  static boolean areReadable(List<?> texts) {
    for (Object text : texts) {
      if (!isReadable((byte[]) text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
