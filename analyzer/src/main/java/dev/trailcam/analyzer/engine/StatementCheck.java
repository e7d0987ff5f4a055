// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.gate.PatternUse;
import dev.trailcam.analyzer.gate.RuleCheck;
import dev.trailcam.analyzer.gate.SyntaxTree;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.rules.RuleSurface;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Looks at the SQL of rules without running it: an engine of its own over views that hold nothing.
 */
public final class StatementCheck implements AutoCloseable {
  private static final String MATCH = "SELECT regexp_matches('', CAST(? AS VARCHAR))";

  private final Session session;
  private final RuleGate gate;

  private StatementCheck(Session session, RuleGate gate) {
    this.session = session;
    this.gate = gate;
  }

  /**
   * Starts the engine.
   *
   * @param surface what the rules are written against
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if the surface cannot be used
   * @throws CancellationException if the program is being interrupted
   */
  public static StatementCheck open(EngineOptions options, RuleSurface surface) {
    return Engine.run(
        () -> {
          Session session = new Session(options);
          try {
            RowTables nothing = RowTables.open(session, List.of(), surface);
            return new StatementCheck(session, new RuleGate(session, nothing.vocabulary()));
          } catch (SQLException | IOException | RuntimeException e) {
            session.close();
            throw e;
          }
        });
  }

  RuleGate gate() {
    return gate;
  }

  /** Everything that keeps a statement from running, sorted by line; empty when nothing does. */
  public List<Violation> violations(String sql) {
    return Engine.run(() -> gate.violations(sql));
  }

  /** Where a statement takes regular expressions; none where it cannot even be parsed. */
  public List<PatternUse> patterns(String sql) {
    return Engine.run(
        () ->
            RuleCheck.text(sql).isEmpty()
                ? PatternUse.in(SyntaxTree.of(sql, gate.parsed(sql)))
                : List.of());
  }

  /** Why the engine does not take a text for a regular expression; empty when it does. */
  public Optional<String> refusal(String pattern) {
    return Engine.run(
        () -> {
          try (PreparedStatement match = session.prepare(MATCH)) {
            match.setString(1, pattern);
            match.executeQuery().close();
            return Optional.empty();
          } catch (SQLException e) {
            return Optional.of(SqlMessage.firstLine(e));
          }
        });
  }

  @Override
  public void close() {
    Engine.run(
        () -> {
          session.close();
          return null;
        });
  }
}
