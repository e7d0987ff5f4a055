// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.Locale;

/** What made a process known. Where several things did it is the first. Names are of the output. */
public enum Origin {
  /** It executed a program while somebody watched. */
  EXECUTED,

  /** It was alive when recording began. */
  ALIVE,

  /** It ended, failed to execute something or opened a socket, and executed nothing itself. */
  FORKED,

  /** An execution's row names it among the ancestors; it has no row of its own. */
  MENTIONED;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
