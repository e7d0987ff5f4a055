// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

/** How the result of testing rules is written. The names are those of the option. */
public enum TestFormat {
  /** Text for people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** JUnit's XML, which CI servers show. */
  JUNIT,
  /** SARIF 2.1.0, which code hosts show beside the lines of rules and cases. */
  SARIF,
  /** A summary of limited length for the page of a CI job. */
  MARKDOWN
}
