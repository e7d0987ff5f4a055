// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import java.util.Locale;

/** A format of another program; {@link #toString} is its name as an option. */
public enum HandoverFormat {
  /** SARIF 2.1.0, a result for each finding. */
  SARIF,
  /** JUnit's XML, a test for each rule and one for the evidence. */
  JUNIT,
  /** A table for a spreadsheet, in which no cell is a formula. */
  CSV,
  /** JSON Lines for Timesketch, an event for each finding. */
  TIMESKETCH,
  /** JSON Lines in the Elastic Common Schema, an alert for each finding. */
  ECS,
  /** JSON Lines in OCSF, a Detection Finding for each finding. */
  OCSF,
  /** The same as a Parquet file. */
  OCSF_PARQUET,
  /** A layer of the ATT&amp;CK Navigator. */
  NAVIGATOR,
  /** JSON Lines, a runtime-trace statement of in-toto for each capture. */
  IN_TOTO,
  /** A BagIt bag: a directory of the evidence as it is, with its hashes and the result. */
  BAGIT;

  /** Whether it takes the evidence itself, and not only what was found in it. */
  public boolean needsEvidence() {
    return this == IN_TOTO || this == BAGIT;
  }

  /** Whether it is no text. */
  public boolean needsOutput() {
    return this == OCSF_PARQUET || this == BAGIT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
