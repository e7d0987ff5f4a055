// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.recorder.libbpf.ProbeConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 65536}, {@code 256K} or {@code 64M} as a number of bytes. */
final class RingSize implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KkMm]?)");

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException("'" + text + "' is no size such as 64M or 256K");
    }
    int shift =
        switch (size.group(2)) {
          case "K", "k" -> 10;
          case "M", "m" -> 20;
          default -> 0;
        };
    try {
      return new ProbeConfig(false, Long.parseLong(size.group(1)) << shift).ringBytes();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
