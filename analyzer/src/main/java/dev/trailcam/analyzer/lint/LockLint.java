// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.rules.ListFile;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleLock;
import dev.trailcam.analyzer.rules.RuleLogic;
import dev.trailcam.analyzer.rules.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares rules with the lock. An experimental rule promises nothing yet, so it may change as it
 * likes.
 */
final class LockLint {
  private static final String NEXT = "run trailcam rules lock";

  private final RuleLock lock;
  private final Consumer<LintProblem> problems;

  LockLint(RuleLock lock, Consumer<LintProblem> problems) {
    this.lock = lock;
    this.problems = problems;
  }

  void rule(Rule rule, List<ListFile> lists) {
    if (rule.status() == Status.EXPERIMENTAL) {
      return;
    }
    Optional<RuleLock.Entry> entry = lock.entry(rule.id());
    if (entry.isEmpty()) {
      problem(rule, LintCode.LOCK_MISSING, "is not in " + lock.file() + "; " + NEXT);
      return;
    }
    int locked = entry.get().version();
    if (rule.version() > locked) {
      problem(
          rule,
          LintCode.LOCK_MISSING,
          "is in " + lock.file() + " with version " + locked + "; " + NEXT);
      return;
    }
    if (rule.version() < locked) {
      problem(
          rule,
          LintCode.LOCK_VERSION,
          "has version " + rule.version() + " and had " + locked + "; versions only grow");
      return;
    }
    RuleLogic logic = RuleLogic.of(rule.sql(), lists);
    if (!logic.sha256().equals(entry.get().sha256())) {
      String what =
          logic.lists().isEmpty()
              ? ""
              : " or a list it names (" + String.join(", ", logic.lists()) + ")";
      problem(
          rule,
          LintCode.LOCK_LOGIC,
          "its SQL" + what + " changed; make it version " + (locked + 1) + " and " + NEXT);
    }
  }

  /** Entries for rules that are not there. */
  void strays(Set<String> ids) {
    lock.entries()
        .forEach(
            (id, entry) -> {
              if (!ids.contains(id)) {
                problems.accept(
                    new LintProblem(
                        lock.file(),
                        entry.line(),
                        LintCode.LOCK_STRAY,
                        "names " + id + ", and there is no such rule; " + NEXT));
              }
            });
  }

  private void problem(Rule rule, LintCode code, String message) {
    int line = HeaderLine.of(rule.sql(), "-- version:");
    problems.accept(new LintProblem(rule.file(), line, code, message));
  }
}
