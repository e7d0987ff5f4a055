// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import dev.trailcam.recorder.spool.SpoolEnd;
import java.util.Map;

/**
 * What became of a spool file.
 *
 * @param rows executions sealed
 * @param losses executions lost by {@link dev.trailcam.capture.LossCause#id()}, damage to the spool
 *     included
 * @param end how far the spool file was good
 */
public record SealedSpool(long rows, Map<String, Long> losses, SpoolEnd end) {}
