// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the kernel program could not read, or not read whole; {@code enum tc_fault}. */
public enum ReadFault {
  FILENAME(0),
  INTERP(1),
  EXE(2),
  CWD(3),
  CGROUP(4),
  ENV_NAMES(5),
  ARGV(6),
  ANCESTORS(7);

  /** Every bit that means something. */
  static final int KNOWN_BITS = 0xff;

  private final int bit;

  ReadFault(int number) {
    this.bit = 1 << number;
  }

  int bit() {
    return bit;
  }

  /** The column it is about, as {@code read_faults} names it. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The faults of a record, in their order. */
  static List<ReadFault> of(int bits) {
    return bits == 0
        ? List.of()
        : Arrays.stream(values()).filter(fault -> (bits & fault.bit) != 0).toList();
  }
}
