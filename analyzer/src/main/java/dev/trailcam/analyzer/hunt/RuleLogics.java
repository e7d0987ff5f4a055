// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.hunt;

import dev.trailcam.analyzer.engine.JudgedRule;
import dev.trailcam.analyzer.rules.ListFile;
import dev.trailcam.analyzer.rules.RuleLogic;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.SurfaceFile;
import dev.trailcam.capture.Sha256;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What decides the findings of rules, as a hash each. */
final class RuleLogics {

  private RuleLogics() {}

  /**
   * The hash of {@code rules.lock} together with that of the words and views: a view that was
   * mended may let any rule find what it missed.
   */
  static List<JudgedRule> of(RuleSet ruleSet) {
    List<ListFile> lists = ruleSet.lists();
    String surface =
        Stream.of(ruleSet.surface().prelude(), ruleSet.surface().views())
            .flatMap(List::stream)
            .map(RuleLogics::hash)
            .collect(Collectors.joining("\n"));
    return ruleSet.rules().stream()
        .map(
            rule ->
                new JudgedRule(
                    rule, Sha256.of(RuleLogic.of(rule.sql(), lists).sha256() + "\n" + surface)))
        .toList();
  }

  private static String hash(SurfaceFile file) {
    return file.path() + " " + Sha256.of(file.text());
  }
}
