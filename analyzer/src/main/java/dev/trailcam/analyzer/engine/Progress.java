// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

/** Is told how far the work is; called often, from one thread, and must return at once. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (what, done, total) -> {};

  /**
   * The work reached a point.
   *
   * @param what what is being done, such as "rule net_sniff_tool_exec"; may hold hostile text
   * @param done steps done
   * @param total steps there are, or 0 when not known
   */
  void at(String what, long done, long total);
}
