// SPDX-License-Identifier: Apache-2.0
/**
 * Rows to and from Parquet; the only package that knows Parquet and Hadoop.
 *
 * <p>{@link dev.trailcam.recorder.segment.SegmentWriter} writes a file, {@link
 * dev.trailcam.recorder.segment.SegmentReader} reads it back and says whether it is the same.
 */
package dev.trailcam.recorder.segment;
