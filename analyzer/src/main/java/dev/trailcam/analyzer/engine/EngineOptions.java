// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

/**
 * What the engine may use.
 *
 * @param threads threads to work with, from 1; 0 for as many as there are processors
 * @param memory memory it may use before it spills to disk, such as 4GB; empty for most of the
 *     machine's
 */
public record EngineOptions(int threads, String memory) {
  /** Everything the machine has. */
  public static final EngineOptions DEFAULT = new EngineOptions(0, "");
}
