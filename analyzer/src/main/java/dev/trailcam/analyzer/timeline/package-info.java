// SPDX-License-Identifier: Apache-2.0
/**
 * What captures tell in the order in which it happened: event by event, or counted in parts of
 * equal length. Nothing here is escaped: all text may be hostile.
 */
package dev.trailcam.analyzer.timeline;
