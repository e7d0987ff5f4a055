// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the memory of the process is shared out. The launcher gives a quarter to the heap of the
 * virtual machine; a part that does not depend on the size is for its code and for the native
 * library; the engine gets most of the rest, since it uses a little more than it counts. Where the
 * figures come from is in RATIONALE.md; bench/peak.sh measures again.
 *
 * @param bytes what the process may have resident
 */
record ProcessMemory(long bytes) {
  private static final Pattern SIZE =
      Pattern.compile("([1-9][0-9]{0,8}(?:[.][0-9]{1,3})?)(KB|MB|GB|TB|KiB|MiB|GiB|TiB)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "KB",
          1_000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "TB",
          1_000_000_000_000L,
          "KiB",
          1L << 10,
          "MiB",
          1L << 20,
          "GiB",
          1L << 30,
          "TiB",
          1L << 40);

  private static final int HEAP_PARTS = 4;
  private static final long FIXED = 120_000_000;
  private static final double COUNTED = 0.85;
  private static final double OF_MACHINE = 0.8;
  private static final long LEAST = 300_000_000;

  /**
   * As the user says it.
   *
   * @throws IllegalArgumentException if it is no size or too little; the message follows upon the
   *     option's name
   */
  static ProcessMemory of(String size) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a number with a unit, such as 512MB or 4GB");
    }
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(UNITS.get(matcher.group(2))));
    if (bytes.compareTo(BigDecimal.valueOf(LEAST)) < 0) {
      throw new IllegalArgumentException(
          "is too little to work with; the least is " + LEAST / 1_000_000 + "MB");
    }
    return new ProcessMemory(bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }

  /** Most of what the machine has, or the container; at least what one can work with. */
  static ProcessMemory ofMachine() {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new ProcessMemory(Math.max(LEAST, (long) (machine * OF_MACHINE)));
  }

  /** What the engine may use by its own count. */
  long engineBytes() {
    return (long) ((bytes - bytes / HEAP_PARTS - FIXED) * COUNTED);
  }
}
