// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.engine.StatementCheck;
import dev.trailcam.analyzer.gate.PatternUse;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.rules.ListFile;
import dev.trailcam.analyzer.rules.RuleCollection.Source;
import dev.trailcam.analyzer.rules.RuleLogic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at the SQL of rules, and at the regular expressions in it and in the lists it joins. */
final class SqlLint {
  private final StatementCheck check;
  private final List<ListFile> lists;
  private final Consumer<LintProblem> problems;

  SqlLint(StatementCheck check, List<ListFile> lists, Consumer<LintProblem> problems) {
    this.check = check;
    this.lists = lists;
    this.problems = problems;
  }

  void rule(Source source) {
    for (Violation violation : check.violations(source.sql())) {
      problems.accept(
          new LintProblem(
              source.file(), violation.line(), LintCode.of(violation.code()), violation.message()));
    }
    Set<String> named = Set.copyOf(RuleLogic.of(source.sql(), lists).lists());
    for (PatternUse use : check.patterns(source.sql())) {
      use.literal().ifPresent(pattern -> pattern(source.file(), use.line(), pattern));
      if (use.column().isPresent()) {
        lists.stream()
            .filter(list -> named.contains(list.name()))
            .forEach(list -> column(list, use.column().get()));
      }
    }
  }

  private void column(ListFile list, String name) {
    List<String> columns = list.columns().stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    int index = columns.indexOf(name);
    for (ListFile.Row row : index < 0 ? List.<ListFile.Row>of() : list.rows()) {
      pattern(list.file(), row.line(), row.values().get(index));
    }
  }

  private void pattern(String file, int line, String pattern) {
    List<String> differences = new ArrayList<>(PatternDialects.differences(pattern));
    if (differences.isEmpty()) {
      check.refusal(pattern).ifPresent(why -> differences.add("is refused by RE2: " + why));
    }
    for (String difference : differences) {
      problems.accept(
          new LintProblem(
              file, line, LintCode.PATTERN, "the pattern '" + pattern + "' " + difference));
    }
  }
}
