// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import picocli.AutoComplete;

/** Prints the half of the completion script that knows the analyzer's verbs; see the launcher. */
public final class Completion {
  private Completion() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    System.out.println(
        AutoComplete.bash("trailcam_analyzer", Trailcam.commandLine(Terminal.ofProcess())));
  }
}
