// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.plan.Catalogue;
import dev.trailcam.analyzer.plan.PlainFilter;
import dev.trailcam.analyzer.plan.RulePlan;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.rules.SurfaceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans of texts that the gate has let through, and the packed views, words and lists over captures
 * to hold the plans against. The executions stand in the table {@code all_execs}; what {@code
 * execs} shows of them can be changed.
 */
final class RulePlans implements AutoCloseable {
  private final Session session;
  private final RuleGate gate;
  private final Catalogue catalogue;

  /** Over captures at these paths. */
  RulePlans(Path... paths) throws SQLException, IOException {
    session = new Session(EngineOptions.DEFAULT);
    List<Capture> captures = CaptureSet.open(List.of(paths), name -> {}).captures();
    RuleSurface surface = RuleSurface.packed();
    Vocabulary vocabulary = RowTables.open(session, captures, surface).vocabulary();
    session.execute("CREATE TABLE all_execs AS SELECT * FROM execs");
    show("SELECT * FROM all_execs");
    gate = new RuleGate(session, vocabulary);
    catalogue = Catalogue.of(vocabulary, surface.lists().stream().map(SurfaceFile::name).toList());
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Session session() {
    return session;
  }

  /** What {@code execs} shows from now on. */
  void show(String query) throws SQLException {
    session.execute("CREATE OR REPLACE TABLE shown_execs AS " + query);
    session.execute("CREATE OR REPLACE VIEW execs AS SELECT * FROM shown_execs");
  }

  /** The rows of a query, all columns as text, sorted. */
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    session.query(
        sql,
        row -> {
          StringBuilder text = new StringBuilder();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            text.append(row.getString(i)).append('\t');
          }
          rows.add(text.toString());
        });
    rows.sort(null);
    return rows;
  }

  /** The tree of what runs for a text. */
  SyntaxTree tree(String sql) throws SQLException {
    return gate.parse(checked(sql));
  }

  /** What runs for a text. */
  String checked(String sql) throws SQLException {
    try {
      return gate.require(sql).text();
    } catch (RuleRejected e) {
      throw new AssertionError(sql + ": " + e.violations(), e);
    }
  }

  RulePlan plan(String sql) throws SQLException {
    return RulePlan.of(tree(sql), catalogue);
  }

  Optional<PlainFilter> filter(String sql) throws SQLException {
    return PlainFilter.of(tree(sql), catalogue);
  }

  @Override
  public void close() throws SQLException, IOException {
    session.close();
  }
}
