// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two numbers of a kernel release that say what it can do. */
public record KernelRelease(int major, int minor) {
  private static final Pattern NUMBERS = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");

  /** Reads a release such as {@code 6.18.44-generic}; 0.0 when it begins with no two numbers. */
  public static KernelRelease parse(String release) {
    Matcher numbers = NUMBERS.matcher(release);
    if (!numbers.find()) {
      return new KernelRelease(0, 0);
    }
    return new KernelRelease(
        Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  public boolean atLeast(KernelRelease other) {
    return major > other.major || (major == other.major && minor >= other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
