// SPDX-License-Identifier: Apache-2.0
/**
 * Captures as they lie on a disk that strangers filled: found, hashed and compared with their
 * manifest before anything parses them. Knows no SQL. Read {@link CaptureSet} first.
 */
package dev.trailcam.analyzer.evidence;
