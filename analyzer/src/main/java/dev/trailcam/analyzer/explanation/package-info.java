// SPDX-License-Identifier: Apache-2.0
/**
 * Why a rule holds for an execution or does not. Read {@link Explanation} for the result, {@link
 * RuleParts} for how a rule is taken apart. What the parts ask is asked by the engine.
 */
package dev.trailcam.analyzer.explanation;
