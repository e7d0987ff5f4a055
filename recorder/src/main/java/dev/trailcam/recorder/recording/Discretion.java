// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.recorder.secrets.Masked;
import dev.trailcam.recorder.secrets.SecretMask;
import dev.trailcam.recorder.wire.Arguments;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes the secrets out of records before anything of them is written. For one thread. */
final class Discretion {
  private final SecretMask mask;

  /**
   * @param mask null to leave everything as it is
   */
  Discretion(SecretMask mask) {
    this.mask = mask;
  }

  /** The record itself, or one with marks instead of secrets. */
  ByteBuffer apply(ByteBuffer record) {
    if (mask == null) {
      return record;
    }
    ByteBuffer bytes = Arguments.of(record);
    if (!mask.suspicious(bytes)) {
      return record;
    }
    List<byte[]> arguments = split(bytes);
    Masked masked = mask.mask(arguments);
    if (masked.count() == 0) {
      return record;
    }
    int changed = 0;
    for (int i = 0; i < arguments.size(); i++) {
      changed += arguments.get(i) == masked.argv().get(i) ? 0 : 1;
    }
    return Arguments.replace(record, masked.argv(), changed);
  }

  private static List<byte[]> split(ByteBuffer bytes) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < bytes.limit(); at++) {
      if (bytes.get(at) == 0) {
        parts.add(part(bytes, start, at));
        start = at + 1;
      }
    }
    if (start < bytes.limit()) {
      parts.add(part(bytes, start, bytes.limit()));
    }
    return parts;
  }

  private static byte[] part(ByteBuffer bytes, int from, int to) {
    byte[] part = new byte[to - from];
    bytes.get(from, part);
    return part;
  }
}
