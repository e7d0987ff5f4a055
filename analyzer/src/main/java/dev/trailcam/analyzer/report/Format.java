// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

/** How a result is written. The names are those of the option. */
public enum Format {
  /** Text for people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** One JSON document per line. */
  NDJSON,
  /** Of limited length, for the page of a CI job; only of replay, hunt, diff and compare. */
  MARKDOWN
}
