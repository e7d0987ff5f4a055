// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.Locale;

/** How it is known whose child a process is. The order and the names are part of the output. */
public enum Edge {
  /**
   * An execution's row names the parent by process id and start: those the kernel had just then.
   */
  OBSERVED,

  /**
   * A row names the parent by its process id alone; it is the last process of that id which had
   * started before and, as far as is known, had not ended.
   */
  INFERRED,

  /** Who the parent was is not in the evidence, or what is cannot be true. */
  MISSING,

  /** It has no parent: the kernel started it. */
  ROOT;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
