// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.lint;

import dev.trailcam.analyzer.rules.PageOutline;
import dev.trailcam.analyzer.rules.Rule;
import java.util.function.Consumer;

/** Looks at what reading a page does not: whether it fits its rule and the other pages. */
final class PageLint {

  private PageLint() {}

  static void check(Rule rule, String file, String markdown, Consumer<LintProblem> problems) {
    PageOutline outline = PageOutline.of(markdown);
    if (!outline.title().orElse("").equals(rule.title())) {
      problems.accept(
          new LintProblem(
              file, 1, LintCode.PAGE_TITLE, "must begin with the rule's title: # " + rule.title()));
    }
    outline
        .firstOutOfOrder()
        .ifPresent(
            line ->
                problems.accept(
                    new LintProblem(
                        file,
                        line,
                        LintCode.PAGE_ORDER,
                        "has this heading in another place than every other page")));
  }
}
