// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

/** Exit codes; part of the interface. Where several apply, 3 beats 4 beats 1. */
final class ExitCode {
  static final int FINE = 0;
  static final int FINDINGS = 1;
  static final int USAGE = 2;
  static final int RULE = 3;
  static final int EVIDENCE = 4;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
