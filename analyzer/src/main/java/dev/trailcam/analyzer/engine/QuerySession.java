// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.gate.QueryCheck;
import dev.trailcam.analyzer.gate.RuleCheck;
import dev.trailcam.analyzer.gate.StatementText;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.query.QueryColumn;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.query.QueryRows;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/**
 * Captures in an engine that takes queries somebody typed. They may come from a stranger: the
 * engine is locked as for rules, each query is one SELECT by its syntax tree, names our tables
 * alone, and runs in a transaction that is read-only.
 */
public final class QuerySession implements AutoCloseable {
  private final Session session;
  private final List<Capture> captures;
  private final List<EvidenceProblem> unreadable;
  private final Vocabulary vocabulary;

  private QuerySession(Session session, RowTables tables, List<EvidenceProblem> unreadable) {
    this.session = session;
    this.unreadable = unreadable;
    this.captures = tables.evidence().captures();
    this.vocabulary = tables.vocabulary();
  }

  /**
   * Reads captures.
   *
   * @param query the only one there will be, of which then only the columns are read that it needs;
   *     empty for queries that are not known yet
   * @throws QueryException if that query must not run; nothing was read then
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  static QuerySession open(
      EngineOptions options,
      CaptureSet set,
      RuleSurface surface,
      Optional<String> query,
      Progress progress,
      RunStatistics statistics)
      throws QueryException {
    return told(
        () -> {
          Session session = Session.streaming(options);
          try {
            progress.within(session::percent);
            EvidenceTables tables =
                new EvidenceTables(session, set.captures(), progress, statistics);
            Map<Table, Set<String>> needs =
                query.isEmpty() ? RowTables.everything() : needs(session, surface, query.get());
            tables.stage();
            return new QuerySession(
                session,
                RowTables.open(session, tables, set.captures(), surface, needs),
                set.problems());
          } catch (SQLException | IOException | QueryException | RuntimeException e) {
            session.close();
            throw e;
          }
        });
  }

  /** What a query needs; it is refused before anything is read. */
  private static Map<Table, Set<String>> needs(Session session, RuleSurface surface, String query)
      throws SQLException, IOException, QueryException {
    String sql = require(session, check(SqlSurface.names(surface)), query);
    return QueryNeeds.of(session, surface, sql);
  }

  /** The captures that are asked, with what turned out to be malformed set aside. */
  public List<Capture> captures() {
    return captures;
  }

  /** What was named and could not be read at all. */
  public List<EvidenceProblem> unreadable() {
    return unreadable;
  }

  /**
   * Runs a query and hands over its rows as they come.
   *
   * @throws QueryException if it must not run, cannot, or was cancelled
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public void run(String query, QueryRows rows) throws QueryException {
    told(
        () -> {
          String sql = require(session, check(vocabulary), query);
          session.execute("BEGIN TRANSACTION READ ONLY");
          try {
            stream(sql, rows);
          } catch (SQLException e) {
            throw new QueryException(SqlMessage.withHint(e), e);
          } finally {
            session.execute("ROLLBACK");
          }
          return null;
        });
  }

  private void stream(String sql, QueryRows rows) throws SQLException {
    QueryValues[] values = new QueryValues[1];
    session.stream(
        sql,
        columns -> {
          values[0] = new QueryValues(columns, session.arguments());
          rows.columns(described(columns));
        },
        row -> rows.row(values[0].row(row)));
    rows.end();
  }

  private static List<QueryColumn> described(ResultSetMetaData columns) throws SQLException {
    List<QueryColumn> described = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      described.add(new QueryColumn(columns.getColumnLabel(i), columns.getColumnTypeName(i)));
    }
    return described;
  }

  /** Stops the query that is running, if any. May be called from any thread. */
  public void cancel() {
    session.cancel();
  }

  /** Views and lists with their columns, in the order of both. */
  public SortedMap<String, List<QueryColumn>> tables() {
    return Engine.run(
        () -> {
          SortedMap<String, List<QueryColumn>> tables = new TreeMap<>();
          session.query(
              "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
                  + " AND schema_name = 'main' ORDER BY table_name, column_index",
              row -> {
                if (vocabulary.tables().containsKey(row.getString(1))) {
                  tables
                      .computeIfAbsent(row.getString(1), none -> new ArrayList<>())
                      .add(new QueryColumn(row.getString(2), row.getString(3)));
                }
              });
          return tables;
        });
  }

  /** Words of the prelude and the engine's own functions. */
  public SortedSet<String> functions() {
    return Engine.run(
        () -> {
          SortedSet<String> names = new TreeSet<>(vocabulary.words());
          names.addAll(vocabulary.tableWords());
          session.query(
              "SELECT DISTINCT function_name FROM duckdb_functions() WHERE internal"
                  + " AND function_type IN ('scalar', 'aggregate')"
                  + " AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')",
              row -> names.add(row.getString(1)));
          return names;
        });
  }

  private static QueryCheck check(Vocabulary vocabulary) {
    return new QueryCheck(vocabulary.tables().keySet(), vocabulary.tableWords());
  }

  /** The query without the semicolon at its end. */
  private static String require(Session session, QueryCheck check, String query)
      throws SQLException, QueryException {
    String sql = StatementText.withoutEnd(query);
    for (Violation violation : RuleCheck.text(sql)) {
      throw refused(violation);
    }
    Optional<Violation> refusal = check.refusal(RuleGate.parse(session, sql));
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
    return sql;
  }

  private static QueryException refused(Violation violation) {
    return new QueryException(
        (violation.line() == 0 ? "" : "line " + violation.line() + ": ")
            + "the query "
            + violation.message());
  }

  @Override
  public void close() {
    Engine.run(
        () -> {
          session.close();
          return null;
        });
  }

  /** Does work as {@link Engine#run} does; the fault of a query comes through as it is. */
  private static <T> T told(Work<T> work) throws QueryException {
    QueryException[] fault = new QueryException[1];
    T result =
        Engine.run(
            () -> {
              try {
                return work.run();
              } catch (QueryException e) {
                fault[0] = e;
                return null;
              }
            });
    if (fault[0] != null) {
      throw fault[0];
    }
    return result;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException, IOException, QueryException;
  }
}
