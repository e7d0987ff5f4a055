// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trailcam.analyzer.plan.RulePlan;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of the packed rules; each line was looked at. */
class RulePlanTest {
  private static RulePlans plans;

  @BeforeAll
  static void open() throws Exception {
    plans = new RulePlans();
  }

  @AfterAll
  static void close() throws Exception {
    plans.close();
  }

  @Test
  void packedRules() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Rule rule : RuleSet.packed().rules()) {
      RulePlan plan = plans.plan(rule.sql());
      lines.add(
          rule.id()
              + ": "
              + plan.reach()
              + (plan.why().isEmpty() ? "" : ", " + plan.why())
              + "\n  family "
              + plan.family()
              + reads(plan.reads())
              + "\n  lists "
              + plan.lists());
    }
    assertEquals(expected(), String.join("\n", lines));
  }

  private static String expected() throws IOException {
    try (InputStream in = RulePlan.class.getResourceAsStream("packed.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String reads(SortedMap<String, SortedSet<String>> reads) {
    StringBuilder text = new StringBuilder();
    reads.forEach((view, columns) -> text.append("\n  ").append(view).append(' ').append(columns));
    return text.toString();
  }
}
