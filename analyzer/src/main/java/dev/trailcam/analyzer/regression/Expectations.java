// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.List;
import java.util.Optional;

/**
 * A file {@code expectations.yml}: it speaks for the captures in its directory at any depth, but
 * for those that a file further down speaks for.
 *
 * @param file where it was read from
 * @param unexpected what findings are that it does not mention; empty where it does not say
 * @param lossy why captures may have lost events; empty where they may not
 * @param all its expectations, in its order
 * @param problems everything that is wrong with it; empty when it is good
 */
record Expectations(
    String file,
    Optional<Unexpected> unexpected,
    Optional<String> lossy,
    List<Expectation> all,
    List<RuleProblem> problems) {

  /** What such a file is called. */
  static final String NAME = "expectations.yml";

  /** Path of its directory as the user would name it. */
  String directory() {
    return file.substring(0, Math.max(0, file.length() - NAME.length() - 1));
  }
}
