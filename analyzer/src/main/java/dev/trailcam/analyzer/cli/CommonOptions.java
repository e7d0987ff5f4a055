// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedDirectory;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What every verb understands whose arguments are captures. */
final class CommonOptions extends OutputOptions {
  @Parameters(
      paramLabel = "CAPTURE",
      arity = "1..*",
      description = "Capture directory, or a directory that holds captures at any depth.")
  private List<Path> captures;

  /** Finds and checks what was named. */
  CaptureSet open(ProgressLine progress) {
    return open(captures, progress);
  }

  /** The directories of compacted captures among what was named. */
  List<CompactedDirectory> compacted() {
    return CompactedDirectory.find(captures);
  }

  /** Finds and checks for a verb that has other arguments as well. */
  static CaptureSet open(List<Path> captures, ProgressLine progress) {
    long[] seen = new long[1];
    return CaptureSet.open(
        captures, capture -> progress.at("checking capture " + ++seen[0] + " " + capture, 0, 0));
  }
}
