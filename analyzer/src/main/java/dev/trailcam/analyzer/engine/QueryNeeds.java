// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.plan.TableScans;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The stored columns that one query needs: an engine of its own plans it over tables without rows
 * and tells what it would read. Should it ever read another column of the evidence, that is an
 * error and no null, see {@link SegmentSchema#selectionLoaded}.
 */
final class QueryNeeds {
  /**
   * The one optimizer that only ever leaves out columns nobody needs. Others may leave out more
   * when the query runs; here they would know that there are no rows, or hide in a scan what it
   * compares.
   */
  private static final String OPTIMIZER = "unused_columns";

  private QueryNeeds() {}

  /**
   * What a query needs; a table that is absent is not read at all.
   *
   * @param query one SELECT that may run
   * @throws QueryException if the engine cannot run it, since it names what is not there
   */
  static Map<Table, Set<String>> of(Session beside, RuleSurface surface, String query)
      throws SQLException, IOException, QueryException {
    try (Session session = beside.sibling()) {
      SqlSurface.prepare(session, surface);
      CaptureTable.create(session, List.of());
      for (Map.Entry<Table, Set<String>> table : RowTables.everything().entrySet()) {
        RowLoader.create(session, table.getKey(), table.getValue());
      }
      session.execute("SET disabled_optimizers = " + literal(others(session)));
      session.lock();
      SqlSurface.define(session, surface);
      return of(TableScans.of(explained(session, query)));
    }
  }

  private static String others(Session session) throws SQLException {
    String[] names = new String[1];
    session.query(
        "SELECT string_agg(name) FROM duckdb_optimizers() WHERE name <> " + literal(OPTIMIZER),
        row -> names[0] = row.getString(1));
    return names[0];
  }

  private static String explained(Session session, String query)
      throws SQLException, QueryException {
    String[] plan = new String[1];
    session.execute("BEGIN TRANSACTION READ ONLY");
    try {
      session.query("EXPLAIN (FORMAT json) " + query, row -> plan[0] = row.getString(2));
    } catch (SQLException e) {
      throw new QueryException(SqlMessage.withHint(e), e);
    }
    return plan[0];
  }

  private static Map<Table, Set<String>> of(SortedMap<String, SortedSet<String>> scans) {
    Map<Table, Set<String>> needs = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      SortedSet<String> columns = scans.get("staged_" + table.sqlName());
      if (columns != null) {
        needs.put(table, columns);
      }
    }
    return needs;
  }
}
