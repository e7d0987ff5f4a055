// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.report.Style;
import picocli.CommandLine.Option;

/** How a verb shows what it has to say. */
class DisplayOptions {
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never. Default: auto, which heeds NO_COLOR.")
  private Color color;

  @Option(names = "--stacktrace", description = "Show where in the program an error came up.")
  private boolean stacktrace;

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
