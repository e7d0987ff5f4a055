// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import dev.trailcam.analyzer.tree.ProgramGlob;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Whose events are wanted: of processes that fit everything that is given.
 *
 * @param processId see {@link dev.trailcam.capture.ExecId#process}
 * @param pid of whatever processes had that id
 * @param uid real, effective or login user id of the process at any time
 * @param program a program that it ran
 */
public record ProcessFilter(
    Optional<String> processId, OptionalInt pid, OptionalLong uid, Optional<ProgramGlob> program) {
  /** Every process. */
  public static final ProcessFilter ALL =
      new ProcessFilter(
          Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Optional.empty());

  /** Whether every process is wanted. */
  public boolean all() {
    return equals(ALL);
  }
}
