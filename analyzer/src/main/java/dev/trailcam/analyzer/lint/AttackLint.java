// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.rules.AttackCatalogue;
import dev.trailcam.analyzer.rules.AttackCatalogue.Entry;
import dev.trailcam.analyzer.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at what a rule says of ATT&CK. */
final class AttackLint {
  private static final AttackCatalogue CATALOGUE = AttackCatalogue.packed();

  private final Rule rule;
  private final Consumer<LintProblem> problems;

  private AttackLint(Rule rule, Consumer<LintProblem> problems) {
    this.rule = rule;
    this.problems = problems;
  }

  static void check(Rule rule, Consumer<LintProblem> problems) {
    AttackLint lint = new AttackLint(rule, problems);
    List<Entry> tactics = lint.known(rule.tactics(), "tactic");
    List<Entry> techniques = lint.known(rule.techniques(), "technique");
    if (rule.tactics().isEmpty()) {
      lint.problem("-- attack:", LintCode.ATTACK_TACTIC, "names no tactic of ATT&CK");
    }
    if (techniques.isEmpty() || techniques.size() < rule.techniques().size()) {
      return;
    }
    for (Entry tactic : tactics) {
      if (techniques.stream().noneMatch(t -> t.tactics().contains(tactic.id()))) {
        lint.problem(
            tactic.id(),
            LintCode.ATTACK_TACTIC,
            "names "
                + tactic.id()
                + " ("
                + tactic.name()
                + "), and none of its techniques serves that tactic");
      }
    }
  }

  private List<Entry> known(List<String> ids, String kind) {
    List<Entry> known = new ArrayList<>();
    for (String id : ids) {
      Optional<Entry> entry = CATALOGUE.find(id);
      entry.ifPresent(known::add);
      if (entry.isEmpty()) {
        problem(
            id,
            LintCode.ATTACK_ID,
            id + " is no " + kind + " known on Linux in ATT&CK " + AttackCatalogue.VERSION);
      }
    }
    return known;
  }

  private void problem(String where, LintCode code, String message) {
    problems.accept(new LintProblem(rule.file(), HeaderLine.of(rule.sql(), where), code, message));
  }
}
