// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.time.Duration;

/**
 * What the engine may use.
 *
 * @param threads threads to work with, from 1; 0 for as many as there are processors
 * @param memory memory it may use before it spills to disk, such as 4GB; empty for most of the
 *     machine's
 * @param ruleTimeout how long one rule may run, in whole seconds from 1
 * @param showSecrets whether arguments leave the engine as they were recorded, and not masked
 */
public record EngineOptions(int threads, String memory, Duration ruleTimeout, boolean showSecrets) {
  /** The rules that come with the program take seconds over millions of executions. */
  public static final Duration DEFAULT_RULE_TIMEOUT = Duration.ofMinutes(10);

  /** Everything the machine has. */
  public static final EngineOptions DEFAULT = new EngineOptions(0, "");

  /** Rules to run at a time. */
  int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** With the usual limit for a rule. */
  public EngineOptions(int threads, String memory) {
    this(threads, memory, DEFAULT_RULE_TIMEOUT);
  }

  /** With secrets masked. */
  public EngineOptions(int threads, String memory, Duration ruleTimeout) {
    this(threads, memory, ruleTimeout, false);
  }

  /** The same with secrets as they were recorded, or masked. */
  public EngineOptions showingSecrets(boolean show) {
    return new EngineOptions(threads, memory, ruleTimeout, show);
  }
}
