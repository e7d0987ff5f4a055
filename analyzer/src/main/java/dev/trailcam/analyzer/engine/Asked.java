// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

/**
 * What is wanted of a replay besides its findings.
 *
 * @param ofAll every column of every execution, whether a rule reads it or not
 * @param ofFound every column of the executions that rules found
 */
record Asked(boolean ofAll, boolean ofFound) {
  /** Nothing more. */
  static final Asked FINDINGS = new Asked(false, false);
}
