// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.recording;

import dev.trailcam.capture.secrets.Masked;
import dev.trailcam.capture.secrets.SecretMask;
import dev.trailcam.recorder.wire.Arguments;
import java.nio.ByteBuffer;
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
    List<byte[]> arguments = Arguments.split(bytes);
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
}
