// SPDX-License-Identifier: Apache-2.0
/**
 * What the recorder writes and the analyzer reads: columns ({@link ExecColumn}, {@link
 * LossColumn}), files ({@link CaptureLayout}), the {@link Manifest} and the ids; and how many
 * captures lie in the files of one directory ({@link Compaction}).
 *
 * <p>Both programs depend on this package and on nothing of each other. Read {@link Manifest}
 * first.
 */
package dev.trailcam.capture;
