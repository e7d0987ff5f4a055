// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.util.function.IntSupplier;

/** Is told how far the work is; called often, from one thread, and must return at once. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (what, done, total) -> {};

  /**
   * The work reached a point.
   *
   * @param what what is being done, such as "rule net_sniff_tool_exec"; may hold hostile text
   * @param done steps done, or the number of the step that begins, from 1
   * @param total steps there are, or 0 when not known
   */
  void at(String what, long done, long total);

  /**
   * Executions were read.
   *
   * @param total how many there are by now
   */
  default void executions(long total) {}

  /**
   * Whom to ask how far a single long step is.
   *
   * @param percent from 0 to 100, at least; -1 while nobody can say. Any thread may ask
   */
  default void within(IntSupplier percent) {}
}
