// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import java.io.PrintWriter;

/** Writes what was found for other programs. The same dossier gives the same bytes. */
public final class Handover {

  private Handover() {}

  /**
   * Writes all of a dossier; the caller flushes. For {@link HandoverFormat#OCSF_PARQUET} these are
   * the rows that {@link OcsfRows} says the columns of.
   *
   * @throws IllegalArgumentException if the format needs the evidence; see {@link Statements} and
   *     {@link Bag}
   */
  public static void write(Dossier dossier, HandoverFormat format, PrintWriter out) {
    switch (format) {
      case SARIF -> new SarifExport(dossier).write(out);
      case JUNIT -> new JunitExport(dossier, out).write();
      case CSV -> new CsvExport(dossier).write(out);
      case TIMESKETCH -> new TimesketchExport(dossier).write(out);
      case ECS -> new EcsExport(dossier).write(out);
      case OCSF, OCSF_PARQUET -> new OcsfRows(dossier).write(out);
      case NAVIGATOR -> new NavigatorExport(dossier).write(out);
      case IN_TOTO, BAGIT -> throw new IllegalArgumentException(format + " needs the evidence");
    }
  }
}
