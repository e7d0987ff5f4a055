// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What every verb understands whose arguments are captures. */
final class CommonOptions extends OutputOptions {
  /** What every verb takes captures from. */
  static final String CAPTURES =
      "Capture directory; or a directory, .zip, .tar, .tar.gz or .tar.zst that holds captures at"
          + " any depth.";

  @Parameters(paramLabel = "CAPTURE", arity = "1..*", description = CAPTURES)
  private List<String> captures;

  @Mixin private SelectionOptions selection;

  /** Finds, selects and checks what was named; to be closed when it is not used any more. */
  NamedEvidence open(ProgressLine progress) {
    return NamedEvidence.open(captures, selection.selection(Instant.now()), progress);
  }
}
