// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.plan.Catalogue;
import dev.trailcam.analyzer.plan.PlainFilter;
import dev.trailcam.analyzer.plan.RulePlan;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.rules.SurfaceFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Plans of texts that the gate has let through, over tables without a row. */
final class RulePlans implements AutoCloseable {
  private final Session session;
  private final RuleGate gate;
  private final Catalogue catalogue;

  RulePlans() throws SQLException, IOException {
    session = new Session(EngineOptions.DEFAULT);
    Vocabulary vocabulary = RowTables.open(session, List.of(), RuleSurface.packed()).vocabulary();
    gate = new RuleGate(session, vocabulary);
    catalogue = catalogue(vocabulary);
  }

  static Catalogue catalogue(Vocabulary vocabulary) {
    return Catalogue.of(
        vocabulary, RuleSurface.packed().lists().stream().map(SurfaceFile::name).toList());
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Session session() {
    return session;
  }

  /** The tree of what runs for a text. */
  SyntaxTree tree(String sql) throws SQLException {
    try {
      return gate.parse(gate.require(sql).text());
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
