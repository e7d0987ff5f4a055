// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

/** Finds out about one file after the other, in one thread. */
@FunctionalInterface
interface Examination {
  /** The facts, or why there are none; never null, never an exception a file can cause. */
  FileFacts examine(FileRequest request);
}
