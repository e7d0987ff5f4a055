// SPDX-License-Identifier: Apache-2.0
/**
 * What the recorder finds out about the files that were executed: digest, build id, linked
 * libraries. Whoever executes a file chose it, its name and what stands there by now, so nothing
 * here waits for it, believes it or leaves a gap untold: facts that are missing have a {@link
 * dev.trailcam.recorder.files.MissingFacts reason}.
 */
package dev.trailcam.recorder.files;
