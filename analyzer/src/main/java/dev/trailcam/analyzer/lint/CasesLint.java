// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.rules.CaseSection;
import dev.trailcam.analyzer.rules.RuleCases;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks whether a rule has examples of everything it should have examples of. */
final class CasesLint {

  private CasesLint() {}

  static void check(String file, Optional<RuleCases> found, Consumer<LintProblem> problems) {
    if (found.isEmpty()) {
      problems.accept(
          new LintProblem(file, 0, LintCode.CASES, "is missing: a rule has cases that test it"));
      return;
    }
    RuleCases cases = found.get();
    cases
        .problems()
        .forEach(
            problem ->
                problems.accept(
                    new LintProblem(
                        problem.file(), problem.line(), LintCode.CASES, problem.message())));
    if (!cases.problems().isEmpty()) {
      return;
    }
    for (CaseSection section : CaseSection.values()) {
      if (cases.count(section) == 0) {
        problems.accept(new LintProblem(file, 0, code(section), lacking(section)));
      }
    }
  }

  private static LintCode code(CaseSection section) {
    return switch (section) {
      case FIRES -> LintCode.CASES_FIRES;
      case SILENT -> LintCode.CASES_SILENT;
      case KNOWN_MISSES -> LintCode.CASES_MISSES;
    };
  }

  private static String lacking(CaseSection section) {
    return switch (section) {
      case FIRES -> "has no case that fires";
      case SILENT -> "has no case that comes near and stays silent";
      case KNOWN_MISSES -> "has no known miss; every rule has one, say which";
    };
  }
}
