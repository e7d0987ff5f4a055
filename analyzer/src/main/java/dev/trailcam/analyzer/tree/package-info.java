// SPDX-License-Identifier: Apache-2.0
/**
 * Processes of captures as trees. {@link Lineage} is all of them in little memory, {@link Outline}
 * chooses and folds what is shown, {@link ProcessTree} is that with its facts.
 */
package dev.trailcam.analyzer.tree;
