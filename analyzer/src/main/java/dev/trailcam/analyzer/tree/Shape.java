// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

/**
 * How much of a tree is shown.
 *
 * @param fold whether siblings that are alike become one line
 * @param depth levels at most, from 1
 * @param limit lines at most, from 1
 * @param family whether only the processes in focus are wanted, with all that descends from them
 */
public record Shape(boolean fold, int depth, int limit, boolean family) {}
