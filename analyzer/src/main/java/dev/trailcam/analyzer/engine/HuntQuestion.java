// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.time.Duration;

/**
 * What somebody wants to know of the findings of a hunt.
 *
 * @param ruleSet the rules as they are now
 * @param all whether known and resolved findings are told in full, too
 * @param suppressions which findings are legitimate use
 * @param timeout how long one condition of a suppression may run
 */
public record HuntQuestion(
    RuleSet ruleSet, boolean all, SuppressionSet suppressions, Duration timeout) {}
