// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The mark of a secret by the definition of HMAC (RFC 2104), without the code under test. */
final class MarkOracle {
  private static final int BLOCK = 64;

  private MarkOracle() {}

  static String mark(byte[] key, String secret) {
    byte[] hash = sha256(pad(key, 0x5c), sha256(pad(key, 0x36), secret.getBytes(UTF_8)));
    return String.format("[secret:%012x]", new BigInteger(1, Arrays.copyOf(hash, 6)));
  }

  private static byte[] pad(byte[] key, int with) {
    byte[] out = Arrays.copyOf(key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      out[i] ^= (byte) with;
    }
    return out;
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(second);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
