// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.rules.ListFile;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at the lists that rules join. */
final class ListLint {
  private static final String SOURCE = "source";

  private final ListFile list;
  private final Consumer<LintProblem> problems;

  private ListLint(ListFile list, Consumer<LintProblem> problems) {
    this.list = list;
    this.problems = problems;
  }

  /**
   * Looks at one list.
   *
   * @param used names of the lists that rules name; null where not every rule is known
   */
  static void check(ListFile list, Set<String> used, Consumer<LintProblem> problems) {
    ListLint lint = new ListLint(list, problems);
    int source = list.columns().indexOf(SOURCE);
    if (source < 0) {
      lint.problem(
          1, LintCode.LIST_COLUMNS, "has no column source: say where each entry comes from");
    }
    lint.rows(source);
    if (used != null && !used.contains(list.name())) {
      lint.problem(0, LintCode.LIST_UNUSED, "is joined by no rule; remove it or use it");
    }
  }

  private void rows(int source) {
    List<String> before = null;
    for (ListFile.Row row : list.rows()) {
      List<String> values = row.values();
      if (values.get(0).isBlank()) {
        problem(row.line(), LintCode.LIST_BLANK, "has no " + list.columns().get(0));
      }
      if (source >= 0 && values.get(source).isBlank()) {
        problem(
            row.line(), LintCode.LIST_BLANK, "does not say where " + values.get(0) + " is from");
      }
      int order = before == null ? -1 : compare(before, values, source);
      if (order == 0) {
        problem(row.line(), LintCode.LIST_ORDER, "has " + values.get(0) + " twice");
      } else if (order > 0) {
        problem(
            row.line(),
            LintCode.LIST_ORDER,
            "has " + values.get(0) + " behind " + before.get(0) + "; sort the entries");
      }
      before = values;
    }
  }

  /** By the columns from the left; where an entry comes from makes it no other entry. */
  private static int compare(List<String> a, List<String> b, int source) {
    for (int i = 0; i < a.size(); i++) {
      int order = i == source ? 0 : a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private void problem(int line, LintCode code, String message) {
    problems.accept(new LintProblem(list.file(), line, code, message));
  }
}
