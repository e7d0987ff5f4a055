// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.report.Format;
import dev.trailcam.analyzer.report.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a verb tells what it has found. */
class OutputOptions {
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, json (one document), ndjson (one per line) or, of replay and diff, markdown (of"
              + " limited length). Default: table.")
  private Format format;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes on standard error; errors stay.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never. Default: auto, which heeds NO_COLOR.")
  private Color color;

  @Option(names = "--stacktrace", description = "Show where in the program an error came up.")
  private boolean stacktrace;

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
          "--format markdown: only replay and diff write that; use table or json");
    }
    return format;
  }

  final boolean quiet() {
    return quiet;
  }

  final boolean stacktrace() {
    return stacktrace;
  }

  /**
   * How to write for people.
   *
   * @param toTerminal whether a person sees it as it is
   */
  final Style style(Terminal terminal, boolean toTerminal) {
    boolean colored =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> toTerminal && !terminal.noColor();
        };
    return new Style(colored, terminal.columns());
  }
}
