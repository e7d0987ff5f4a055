// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.spool;

/**
 * First bytes of a spool file.
 *
 * @param number of the file in its capture, from 1
 * @param captureId capture it belongs to
 * @param bytes length of the header
 */
public record SpoolHeader(int number, String captureId, int bytes) {}
