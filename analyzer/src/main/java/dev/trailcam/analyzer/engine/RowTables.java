// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Everything there is, row by row, behind whatever words and views: for questions that are not
 * known beforehand. The session is locked before a stranger's words are defined.
 *
 * @param evidence what was read
 * @param vocabulary what rules may name
 */
record RowTables(LoadedEvidence evidence, Vocabulary vocabulary) {

  /** Reads captures and defines the surface over them. */
  static RowTables open(
      Session session,
      List<Capture> captures,
      RuleSurface surface,
      Progress progress,
      RunStatistics statistics)
      throws SQLException, IOException {
    EvidenceTables tables = new EvidenceTables(session, captures, progress, statistics);
    tables.stage();
    return open(session, tables, captures, surface);
  }

  /** The same, where nobody watches. */
  static RowTables open(Session session, List<Capture> captures, RuleSurface surface)
      throws SQLException, IOException {
    return open(session, captures, surface, Progress.NONE, new RunStatistics());
  }

  /** The same, of captures that are staged. */
  static RowTables open(
      Session session, EvidenceTables tables, List<Capture> captures, RuleSurface surface)
      throws SQLException, IOException {
    SqlSurface.prepare(session, surface);
    CaptureTable.create(session, captures);
    LoadedEvidence evidence = read(session, tables);
    session.lock();
    Vocabulary vocabulary = SqlSurface.define(session, surface);
    SqlSurface.derive(session);
    return new RowTables(evidence, vocabulary);
  }

  /** Reads every row of every table into {@code raw_…}. */
  static LoadedEvidence read(Session session, EvidenceTables tables) throws SQLException {
    for (Table table : Table.values()) {
      tables.read(table, RowLoader.create(session, table, SegmentSchema.of(table).names()));
    }
    return tables.loaded();
  }
}
