// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.time.Duration;

/**
 * What examining files may cost.
 *
 * @param hashBytes size of the largest file that is digested
 * @param perFile time for one file, looked at between reads. Far more than a healthy disk needs,
 *     because a machine whose processors are all busy leaves the thread little
 * @param waiting files that may wait at once, each with up to 4 KiB of path, later 20 KiB of facts
 * @param remembered files that are known to have been examined, about 150 bytes each
 */
record Limits(long hashBytes, Duration perFile, int waiting, int remembered) {
  static final Limits DEFAULT = new Limits(32L << 20, Duration.ofSeconds(10), 1024, 1 << 14);
}
