// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.report.SuppressionReport;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which findings are legitimate use, and whether to see them all the same. */
final class SuppressionsOption {
  @Option(
      names = "--suppressions",
      paramLabel = "FILE",
      description =
          "Findings that are legitimate use, see docs/suppressions.md; they are counted and kept."
              + " May be given several times.")
  private List<Path> files;

  @Option(
      names = "--show-suppressed",
      description = "List suppressed findings in the table too; json and ndjson always have them.")
  private boolean shown;

  /** Entries to heed; none where nobody named a file. */
  SuppressionSet set() {
    return files == null ? SuppressionSet.NONE : SuppressionSet.of(files);
  }

  /** What was given, as it can be given again. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (Path file : files == null ? List.<Path>of() : files) {
      arguments.addAll(List.of("--suppressions", file.toString()));
    }
    return arguments;
  }

  /** Whether to list what is suppressed. */
  boolean shown() {
    return shown;
  }

  /** Says on standard error what a report for programs would hide from people. */
  static void say(Suppressions suppressions, Terminal terminal) {
    SuppressionReport.warnings(suppressions).forEach(terminal::say);
    suppressions.problems().forEach(problem -> terminal.say(problem.toString()));
  }

  /** Whether something is wrong with a file, which counts like a broken rule. */
  static boolean broken(Suppressions suppressions) {
    return !suppressions.problems().isEmpty();
  }
}
