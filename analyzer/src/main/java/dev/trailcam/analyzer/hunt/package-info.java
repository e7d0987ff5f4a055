// SPDX-License-Identifier: Apache-2.0
/**
 * Judges a store again and again, each pair of rule and capture once. Read {@link Hunt}; the books
 * are {@link dev.trailcam.analyzer.engine.HuntState}.
 */
package dev.trailcam.analyzer.hunt;
