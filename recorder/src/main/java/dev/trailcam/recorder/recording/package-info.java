// SPDX-License-Identifier: Apache-2.0
/**
 * One recording from its first manifest line to its last: {@link
 * dev.trailcam.recorder.recording.Recording} starts and ends it, {@code Collector} moves records
 * from the ring to the spool, {@code Sealing} turns full spool files into segments behind its back.
 */
package dev.trailcam.recorder.recording;
