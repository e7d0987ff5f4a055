// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.engine.RuleGate.RuleRejected;
import dev.trailcam.analyzer.findings.Breadth;
import dev.trailcam.analyzer.gate.Condition;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.suppressions.Suppression;
import java.util.List;

/** Looks at the conditions of suppressions without running them; see {@link StatementCheck}. */
public final class ConditionCheck implements AutoCloseable {
  private final StatementCheck check;

  private ConditionCheck(StatementCheck check) {
    this.check = check;
  }

  /**
   * Starts the engine.
   *
   * @param surface what the conditions are written against
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if the surface cannot be used
   * @throws java.util.concurrent.CancellationException if the program is being interrupted
   */
  public static ConditionCheck open(EngineOptions options, RuleSurface surface) {
    return new ConditionCheck(StatementCheck.open(options, surface));
  }

  /** Everything that keeps a condition from running, at lines of its file; empty when nothing. */
  public List<RuleProblem> problems(Suppression entry) {
    return Engine.run(
        () -> {
          try {
            new ConditionGate(check.gate()).require(entry.where());
          } catch (RuleRejected e) {
            return ConditionGate.problems(entry, e);
          }
          // Types show only when the views are asked.
          return ConditionGate.problems(
              entry, check.violations(Condition.statement(entry.where())));
        });
  }

  /** Ways in which a condition matches more than it says; none of one that cannot run. */
  public List<String> breadth(Suppression entry) {
    return Engine.run(
        () -> {
          try {
            return new ConditionGate(check.gate())
                .require(entry.where()).breadth().stream().map(Breadth::message).toList();
          } catch (RuleRejected e) {
            return List.of();
          }
        });
  }

  @Override
  public void close() {
    check.close();
  }
}
