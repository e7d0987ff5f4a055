// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes and recognises marks. For one thread. */
final class Marks {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String OPEN = "[secret:";
  private static final int HASH_BYTES = 6;

  /** Bytes of a mark. */
  static final int LENGTH = OPEN.length() + 2 * HASH_BYTES + 1;

  private static final byte[] WITHOUT_KEY =
      (OPEN + "0".repeat(2 * HASH_BYTES) + "]").getBytes(US_ASCII);

  private final Mac mac;

  /** Marks that tell nothing of what they stand for, and all look alike. */
  Marks() {
    mac = null;
  }

  Marks(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it: java.security's "Mac" section.
      throw new IllegalStateException(e);
    }
  }

  byte[] of(byte[] secret) {
    if (mac == null) {
      return WITHOUT_KEY;
    }
    byte[] hash = Arrays.copyOf(mac.doFinal(secret), HASH_BYTES);
    return (OPEN + HexFormat.of().formatHex(hash) + "]").getBytes(US_ASCII);
  }

  /** Whether the bytes at a position are a mark. */
  static boolean isAt(byte[] text, int start) {
    if (start + LENGTH > text.length || text[start + LENGTH - 1] != ']') {
      return false;
    }
    for (int i = 0; i < OPEN.length(); i++) {
      if (text[start + i] != OPEN.charAt(i)) {
        return false;
      }
    }
    for (int i = start + OPEN.length(); i < start + LENGTH - 1; i++) {
      if (!Ascii.isDigit(text[i]) && !(text[i] >= 'a' && text[i] <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
