// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The evidence row by row, behind whatever words and views: all of it where questions are not known
 * beforehand. The session is locked before a stranger's words are defined.
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
    RowTables rows = open(session, tables, captures, surface, everything());
    SqlSurface.derive(session);
    return rows;
  }

  /**
   * The same, where only so much is needed; what the views compute is computed by each query.
   *
   * @param needs columns by table; to ask for any other is an error
   */
  static RowTables open(
      Session session,
      EvidenceTables tables,
      List<Capture> captures,
      RuleSurface surface,
      Map<Table, Set<String>> needs)
      throws SQLException, IOException {
    SqlSurface.prepare(session, surface);
    CaptureTable.create(session, captures);
    LoadedEvidence evidence = read(session, tables, needs);
    session.lock();
    return new RowTables(evidence, SqlSurface.define(session, surface));
  }

  /** Reads every row of every table into {@code raw_…}. */
  static LoadedEvidence read(Session session, EvidenceTables tables) throws SQLException {
    return read(session, tables, everything());
  }

  private static LoadedEvidence read(
      Session session, EvidenceTables tables, Map<Table, Set<String>> needs) throws SQLException {
    for (Table table : Table.values()) {
      if (needs.containsKey(table)) {
        tables.read(table, RowLoader.create(session, table, needs.get(table)));
      } else {
        RowLoader.forbid(session, table);
      }
    }
    tables.skipOthers();
    return tables.loaded();
  }

  /** Every column by table. */
  static Map<Table, Set<String>> everything() {
    Map<Table, Set<String>> columns = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      columns.put(table, SegmentSchema.of(table).names());
    }
    return columns;
  }
}
