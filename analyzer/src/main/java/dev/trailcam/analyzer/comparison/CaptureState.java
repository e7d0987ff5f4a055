// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import dev.trailcam.analyzer.evidence.Capture;

/**
 * A capture that one side looked at.
 *
 * @param id its capture id
 * @param path where it was
 * @param headSha256 last hash of its manifest's chain: the same means the same evidence
 * @param whole whether nothing is missing from it
 */
public record CaptureState(String id, String path, String headSha256, boolean whole) {

  static CaptureState of(Capture capture) {
    return new CaptureState(
        capture.id(), capture.path(), capture.manifest().headHash(), capture.whole());
  }
}
