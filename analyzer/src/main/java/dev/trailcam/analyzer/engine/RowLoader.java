// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Keeps the rows of a table as they are, in {@code staged_…} behind {@code raw_…}. */
final class RowLoader implements TableLoader {
  private final Session session;
  private final Table table;
  private final Set<String> columns;

  private RowLoader(Session session, Table table, Set<String> columns) {
    this.session = session;
    this.table = table;
    this.columns = columns;
  }

  /** Makes both forms of a table, empty. */
  static RowLoader create(Session session, Table table, Set<String> columns) throws SQLException {
    SegmentSchema schema = SegmentSchema.of(table);
    String definition = schema.definition(columns);
    session.execute(
        "CREATE TABLE staged_"
            + table.sqlName()
            + " ("
            + (definition.isEmpty() ? "" : definition + ", ")
            + SegmentReader.KEY
            + " BIGINT NOT NULL)");
    session.execute(
        "CREATE OR REPLACE VIEW raw_"
            + table.sqlName()
            + " AS SELECT "
            + schema.selectionLoaded(columns)
            + " FROM staged_"
            + table.sqlName());
    return new RowLoader(session, table, columns);
  }

  /**
   * Makes a table that nobody may ask for: it would be empty, which is not true of the evidence.
   */
  static void forbid(Session session, Table table) throws SQLException {
    session.execute(
        "CREATE OR REPLACE VIEW raw_"
            + table.sqlName()
            + " AS SELECT "
            + SegmentSchema.of(table).selectionLoaded(Set.of())
            + " FROM (VALUES (1)) AS nothing WHERE CAST(error("
            + literal("table " + table.sqlName() + " was not loaded")
            + ") AS BOOLEAN)");
  }

  @Override
  public Set<String> columns() {
    return columns;
  }

  @Override
  public void load(SegmentReader reader, List<SegmentFile> files) throws SQLException {
    String names = reader.schema().names(columns);
    session.execute(
        "INSERT INTO staged_"
            + table.sqlName()
            + " SELECT "
            + (names.isEmpty() ? "" : names + ", ")
            + SegmentReader.KEY
            + " FROM ("
            + reader.select(files, columns)
            + ")");
  }
}
