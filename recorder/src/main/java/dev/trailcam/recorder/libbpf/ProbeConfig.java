// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

/**
 * What to watch, and how much may wait to be read.
 *
 * @param scoped true: this process's descendants only; false: the whole machine
 * @param ringBytes size of the ring buffer, a power of two from 4 KiB to 512 MiB
 */
public record ProbeConfig(boolean scoped, long ringBytes) {
  public static final long DEFAULT_RING_BYTES = 64L << 20;
  public static final long MIN_RING_BYTES = 4L << 10;
  public static final long MAX_RING_BYTES = 512L << 20;

  public ProbeConfig {
    if (ringBytes < MIN_RING_BYTES || ringBytes > MAX_RING_BYTES || Long.bitCount(ringBytes) != 1) {
      throw new IllegalArgumentException(
          "the ring's size is a power of two from 4 KiB to 512 MiB, not " + ringBytes);
    }
  }
}
