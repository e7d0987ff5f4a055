// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.cli;

/** How the result of a query is written. The names are those of the option. */
enum SqlFormat {
  /** For people. */
  TABLE,
  /** For spreadsheets, and safe to open there. */
  CSV,
  /** One array of objects. */
  JSON,
  /** One object per line. */
  NDJSON,
  /** For programs that read tables. */
  PARQUET
}
