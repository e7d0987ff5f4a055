// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.report.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a verb tells what it has found. */
class OutputOptions extends DisplayOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, json (one document), ndjson (one per line) or, of replay, hunt, diff and compare,"
              + " markdown (of limited length). Default: table.")
  private Format format;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes on standard error; errors stay.")
  private boolean quiet;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  final Format format() {
    return format;
  }

  /** The format of a verb that has no summary to write. */
  final Format formatOfEvidence() {
    if (format == Format.MARKDOWN) {
      throw new ParameterException(
          verb.commandLine(),
          "--format markdown: only replay, hunt, diff and compare write that; use table or json");
    }
    return format;
  }

  final boolean quiet() {
    return quiet;
  }
}
