// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.EngineOptions;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.analyzer.rules.RuleSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the rules in queries promise: each case beside them, and each execution that the sample
 * captures hold. The author of a rule gets the same from {@code trailcam test}.
 */
class RuleCasesTest {
  private static final List<Path> RULES = List.of(Path.of("../queries/rules"));
  private static final Path SAMPLES =
      Path.of(System.getProperty("trailcam.root"), "sample-captures");

  @TestFactory
  Stream<DynamicContainer> everyCaseAndExpectation_holds() {
    TestResult result =
        new RegressionRun(
                new Engine("trailcam test", EngineOptions.DEFAULT, Progress.NONE),
                RuleSet.of(RULES),
                RuleCases.of(RULES),
                new Selection(Set.of(), Optional.empty(), 1))
            .run("trailcam test", List.of(Corpus.read(SAMPLES)), name -> {});
    Map<String, List<DynamicTest>> byFile = new TreeMap<>();
    byFile.put(
        "files",
        new ArrayList<>(
            List.of(
                DynamicTest.dynamicTest(
                    "are good", () -> assertEquals(List.of(), result.problems())))));
    for (Check check : result.checks()) {
      byFile
          .computeIfAbsent(check.file(), file -> new ArrayList<>())
          .add(
              DynamicTest.dynamicTest(
                  check.name(),
                  () ->
                      assertFalse(
                          check.outcome().compareTo(Outcome.KNOWN_MISS) < 0, check::toString)));
    }
    return byFile.entrySet().stream()
        .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue()));
  }
}
