// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which processes are wanted: those in focus with their descendants, or all; of these those that
 * fit everything else; and the ancestors of all of these.
 *
 * @param fromNs in nanoseconds since 1970: they were forked, executed something or ended then or
 *     later
 * @param toNs likewise, before
 * @param processIds in focus; with {@code pid} empty and {@code focus} unset nothing is
 * @param pid likewise, whatever processes had that id
 * @param focus whether only what is in focus is wanted
 * @param uid real, effective or login user id of the process at any time
 * @param program a program that it ran
 * @param shape how much of them is shown
 */
public record TreeRequest(
    OptionalLong fromNs,
    OptionalLong toNs,
    List<String> processIds,
    OptionalInt pid,
    boolean focus,
    OptionalLong uid,
    Optional<ProgramGlob> program,
    Shape shape) {

  /** Makes the list immutable. */
  public TreeRequest {
    processIds = List.copyOf(processIds);
  }
}
