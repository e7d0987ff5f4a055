// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.List;

/**
 * Arguments without their secrets.
 *
 * @param argv as many arguments as there were, in their order
 * @param count secrets that were replaced by marks; 0 if and only if nothing was changed
 */
public record Masked(List<byte[]> argv, int count) {}
