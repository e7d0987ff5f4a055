// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.engine.BrokenSurfaceException;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.StatementCheck;
import dev.trailcam.analyzer.rules.ListFile;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCollection;
import dev.trailcam.analyzer.rules.RuleCollection.Source;
import dev.trailcam.analyzer.rules.RuleLogic;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds everything that is wrong with rules, without running them over anything. */
public final class RuleLint {
  private final RuleCollection collection;
  private final Set<LintProblem> problems = new TreeSet<>();

  private RuleLint(RuleCollection collection) {
    this.collection = collection;
  }

  /**
   * Looks at all there is.
   *
   * @throws dev.trailcam.analyzer.engine.EngineException if the SQL engine cannot work at all
   */
  public static LintResult check(RuleCollection collection) {
    RuleLint lint = new RuleLint(collection);
    lint.files();
    lint.lists();
    lint.statements();
    lint.lock();
    return new LintResult(
        List.copyOf(lint.problems),
        collection.sources().size(),
        collection.ownLists() ? collection.lists().size() : 0);
  }

  private void files() {
    for (RuleProblem problem : collection.problems()) {
      add(problem, code(problem.file()));
    }
    Map<String, Rule> rules =
        collection.rules().stream().collect(Collectors.toMap(Rule::file, Function.identity()));
    for (Source source : collection.sources()) {
      CasesLint.check(source.casesFile(), collection.cases(source.casesFile()), problems::add);
      Rule rule = rules.get(source.file());
      if (rule != null) {
        AttackLint.check(rule, problems::add);
        source
            .page()
            .ifPresent(page -> PageLint.check(rule, source.pageFile(), page, problems::add));
      }
    }
  }

  private void statements() {
    try (StatementCheck check =
        StatementCheck.open(EngineOptions.DEFAULT, collection.set().surface())) {
      SqlLint lint = new SqlLint(check, collection.lists(), problems::add);
      collection.sources().forEach(lint::rule);
    } catch (BrokenSurfaceException e) {
      String file = e.problem().file();
      if (problems.stream().noneMatch(problem -> problem.file().equals(file))) {
        add(e.problem(), code(file));
      }
    }
  }

  private static LintCode code(String file) {
    if (file.endsWith(".csv")) {
      return LintCode.LIST;
    }
    return file.endsWith(".md") ? LintCode.PAGE : LintCode.RULE;
  }

  private void lists() {
    if (!collection.ownLists()) {
      return;
    }
    collection.listProblems().forEach(problem -> add(problem, LintCode.LIST));
    Set<String> used = null;
    if (collection.whole()) {
      used = new HashSet<>();
      for (Source source : collection.sources()) {
        used.addAll(RuleLogic.of(source.sql(), collection.lists()).lists());
      }
    }
    for (ListFile list : collection.lists()) {
      ListLint.check(list, used, problems::add);
    }
  }

  private void lock() {
    collection.lockProblems().forEach(problem -> add(problem, LintCode.LOCK));
    if (collection.lock().isEmpty()) {
      return;
    }
    LockLint lint = new LockLint(collection.lock().get(), problems::add);
    collection.rules().forEach(rule -> lint.rule(rule, collection.lists()));
    if (collection.whole() && collection.problems().isEmpty()) {
      lint.strays(collection.rules().stream().map(Rule::id).collect(Collectors.toSet()));
    }
  }

  private void add(RuleProblem problem, LintCode code) {
    problems.add(new LintProblem(problem.file(), problem.line(), code, problem.message()));
  }
}
