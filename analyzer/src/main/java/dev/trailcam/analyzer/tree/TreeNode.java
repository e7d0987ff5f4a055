// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

/** A line of a tree. */
public sealed interface TreeNode permits ProcessNode, Fold {
  /** Place of the node above in {@link ProcessTree#nodes}, before this one; -1 for a root. */
  int parent();

  /** How many nodes are above it. */
  int depth();

  /** How its parent is known; of a fold the least certain of all. */
  Edge edge();

  /** Whether it is what was asked for, and not merely above that. */
  boolean matched();

  /** Processes below it that have no node. */
  long omitted();

  /** Processes it stands for, from 1. */
  int processes();
}
