// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import dev.trailcam.analyzer.rules.Rule;

/**
 * A rule that ran on one side.
 *
 * @param id its id
 * @param version its version, from 1
 * @param sha256 hash of its file
 */
public record RuleVersion(String id, int version, String sha256) {

  static RuleVersion of(Rule rule) {
    return new RuleVersion(rule.id(), rule.version(), rule.sha256());
  }
}
