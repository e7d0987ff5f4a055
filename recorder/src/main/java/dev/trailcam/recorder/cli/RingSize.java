// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.recorder.libbpf.ProbeConfig;
import picocli.CommandLine.TypeConversionException;

/** A {@link Size} that a ring can have. */
final class RingSize extends Size {
  @Override
  public Long convert(String text) {
    try {
      return new ProbeConfig(false, super.convert(text)).ringBytes();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
