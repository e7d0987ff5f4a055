// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.EngineOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The same for a verb that runs rules. */
final class RuleEngineArguments extends EngineArguments {
  @Option(
      names = "--rule-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long one rule may run before it is stopped and counts as broken; the others are not"
              + " affected. Default: 600.")
  private int ruleTimeout;

  @Override
  EngineOptions options() {
    if (ruleTimeout < 1 || ruleTimeout > 86_400) {
      throw usage("--rule-timeout must be from 1 to 86400 seconds");
    }
    return options(Duration.ofSeconds(ruleTimeout));
  }
}
