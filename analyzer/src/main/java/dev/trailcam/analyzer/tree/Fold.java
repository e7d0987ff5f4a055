// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

/**
 * Processes with the same parent, or with parents in the same fold, that ran the same programs.
 * What is below any of them is below the fold. There is no finding about any of them.
 *
 * @param parent place of the node above, or -1
 * @param depth how many nodes are above
 * @param edge the least certain of the edges
 * @param matched whether one of them is what was asked for
 * @param omitted processes below them that have no node
 * @param processes how many they are
 * @param first the one that started first
 * @param lastStartNs when the last of them was forked, in nanoseconds since 1970, or null where
 *     that is not known
 */
public record Fold(
    int parent,
    int depth,
    Edge edge,
    boolean matched,
    long omitted,
    int processes,
    ProcessFacts first,
    Long lastStartNs)
    implements TreeNode {}
