// SPDX-License-Identifier: Apache-2.0
/**
 * What two replays of the same evidence have in common and what not. Read {@link Side}, then {@link
 * Comparison}.
 */
package dev.trailcam.analyzer.comparison;
