// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.engine.EngineOptions;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The same for a verb that runs rules. */
final class RuleEngineArguments extends EngineArguments {
  private static final long MAX_BOOKS = 512_000_000;

  @Option(
      names = "--rule-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long one rule may run before it is stopped and counts as broken; the others are not"
              + " affected. Default: 600.")
  private int ruleTimeout;

  @Mixin private SecretsOption secrets;

  /**
   * What two engines may use that work side by side.
   *
   * @param books of the one that keeps books; they are small, and one thread keeps their order
   * @param rules of the one that runs rules
   */
  record Shares(EngineOptions books, EngineOptions rules) {}

  /** Shares out what {@link #options} would give to one engine. */
  Shares shares() {
    EngineOptions all = options();
    long books = Math.min(MAX_BOOKS, engineBytes() / 4);
    return new Shares(
        new EngineOptions(1, books + "B", all.ruleTimeout(), all.showSecrets()),
        new EngineOptions(
            all.threads(), engineBytes() - books + "B", all.ruleTimeout(), all.showSecrets()));
  }

  @Override
  EngineOptions options() {
    if (ruleTimeout < 1 || ruleTimeout > 86_400) {
      throw usage("--rule-timeout must be from 1 to 86400 seconds");
    }
    return options(Duration.ofSeconds(ruleTimeout)).showingSecrets(secrets.shown());
  }
}
