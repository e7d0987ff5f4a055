// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.rules.Rule;

/**
 * A rule as the books of a hunt know it.
 *
 * @param rule the rule
 * @param logic hash of everything that decides its findings, 64 hexadecimal digits
 */
public record JudgedRule(Rule rule, String logic) {}
