// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import picocli.CommandLine.Option;

/** Whether secrets in arguments are shown. */
final class SecretsOption {
  @Option(
      names = "--show-secrets",
      description =
          "Show arguments as they were recorded. Otherwise what looks like a secret is"
              + " [secret:000000000000], also in captures that were recorded without a mask.")
  private boolean shown;

  boolean shown() {
    return shown;
  }
}
