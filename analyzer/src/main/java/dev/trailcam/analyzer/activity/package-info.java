// SPDX-License-Identifier: Apache-2.0
/**
 * What processes did, as captures tell it row by row; whose child each was is of {@link
 * dev.trailcam.analyzer.tree}. Nothing here is escaped: all text may be hostile.
 */
package dev.trailcam.analyzer.activity;
