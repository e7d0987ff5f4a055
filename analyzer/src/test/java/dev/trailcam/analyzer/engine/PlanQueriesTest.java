// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.plan.Reach;
import dev.trailcam.analyzer.plan.RulePlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries at the border between what is row-wise and what only looks like it. */
class PlanQueriesTest {
  private static RulePlans plans;

  record Query(Reach reach, String why, String name, String sql) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    plans = new RulePlans();
  }

  @AfterAll
  static void close() throws Exception {
    plans.close();
  }

  static List<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    try (InputStream in = RulePlan.class.getResourceAsStream("queries.txt")) {
      String[] blocks =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ", -1);
      for (String block : List.of(blocks).subList(1, blocks.length)) {
        int end = block.indexOf('\n');
        String[] head = block.substring(0, end).split("\\|", 3);
        queries.add(
            new Query(
                Reach.valueOf(head[0].strip()),
                head[1].strip(),
                head[2].strip(),
                block.substring(end + 1)));
      }
    }
    return queries;
  }

  @ParameterizedTest
  @MethodSource("queries")
  void reach(Query query) throws Exception {
    RulePlan plan = plans.plan(query.sql());
    assertEquals(query.reach(), plan.reach(), plan.why());
    assertTrue(plan.why().contains(query.why()), plan.why());
    assertEquals(plan.reach() == Reach.ROW, plan.why().isEmpty(), plan.why());
  }
}
