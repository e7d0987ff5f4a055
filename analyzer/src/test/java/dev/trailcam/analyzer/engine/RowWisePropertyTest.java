// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trailcam.analyzer.plan.Family;
import dev.trailcam.analyzer.plan.Reach;
import dev.trailcam.analyzer.plan.RulePlan;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What row-wise means, held against the engine over the sample captures: the findings over any
 * executions are those over two parts of them, and those over their shapes, which have no more than
 * the columns that the plan says are read and an exec_id that is made up.
 */
class RowWisePropertyTest {
  private static RulePlans plans;
  private static List<String> columns;

  @BeforeAll
  static void open() throws Exception {
    plans = new RulePlans(Path.of(System.getProperty("trailcam.root"), "sample-captures"));
    columns =
        plans
            .rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'all_execs'")
            .stream()
            .map(String::strip)
            .toList();
    assertEquals(
        List.of(),
        plans.rows("SELECT exec_id FROM all_execs GROUP BY exec_id HAVING count(*) > 1"));
  }

  @AfterAll
  static void close() throws Exception {
    plans.close();
  }

  @Test
  void packedRules() throws Exception {
    Set<String> found = new TreeSet<>();
    for (Rule rule : RuleSet.packed().rules()) {
      RulePlan plan = plans.plan(rule.sql());
      if (plan.reach() != Reach.ALL) {
        long findings = check(rule.sql(), plan, 2, "all_execs");
        if (findings > 0) {
          found.add(rule.id());
        }
      }
    }
    assertTrue(found.size() >= 15, "the samples show too little: " + found);
  }

  @Test
  void writtenQueries() throws Exception {
    int checked = 0;
    for (PlanQueriesTest.Query query : PlanQueriesTest.queries()) {
      if (query.reach() != Reach.ALL) {
        check(query.sql(), plans.plan(query.sql()), 1, "all_execs");
        checked++;
      }
    }
    assertTrue(checked > 25, checked + " checked");
  }

  @Test
  void generatedQueries() throws Exception {
    RowWiseQueries queries = new RowWiseQueries(20261122);
    plans
        .session()
        .execute(
            "CREATE OR REPLACE TABLE some_execs AS SELECT * FROM all_execs"
                + " ORDER BY sha256_hex(exec_id) LIMIT 250");
    int rowWise = 0;
    int withRows = 0;
    int others = 0;
    int unsound = 0;
    for (int i = 0; i < 160; i++) {
      String sql = queries.next();
      RulePlan plan = plans.plan(sql);
      plans.show("SELECT * FROM some_execs");
      if (!binds(sql)) {
        continue;
      }
      if (plan.reach() == Reach.ALL) {
        others++;
        unsound += differs(sql) ? 1 : 0;
      } else {
        rowWise++;
        withRows += check(sql, plan, 1, "some_execs") > 0 ? 1 : 0;
      }
    }
    String counts =
        rowWise
            + " row-wise, "
            + withRows
            + " with rows, "
            + others
            + " others, of which "
            + unsound
            + " differ";
    assertTrue(withRows > 20 && unsound > 20, counts);
  }

  private static boolean binds(String sql) {
    try {
      plans.rows("EXPLAIN " + plans.checked(sql));
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static boolean differs(String sql) throws SQLException {
    List<String> whole = findings(sql);
    return !whole.equals(halves(sql, 0, "some_execs"));
  }

  /** The number of findings. */
  private static long check(String sql, RulePlan plan, int seeds, String table)
      throws SQLException {
    plans.show("SELECT * FROM " + table);
    List<String> whole = findings(sql);
    for (int seed = 0; seed < seeds; seed++) {
      assertEquals(whole, halves(sql, seed, table), sql);
    }
    if (plan.rowWise()) {
      assertEquals(whole, shapes(sql, plan, table), sql);
    }
    return whole.size();
  }

  private static List<String> findings(String sql) throws SQLException {
    return plans.rows("SELECT exec_id, reason FROM (" + plans.checked(sql) + ") AS rule");
  }

  private static List<String> halves(String sql, int seed, String table) throws SQLException {
    List<String> both = new ArrayList<>();
    for (String sign : List.of("<", ">=")) {
      plans.show(
          "SELECT * FROM " + table + " WHERE sha256_hex(exec_id || " + seed + ") " + sign + " '8'");
      both.addAll(findings(sql));
    }
    both.sort(null);
    return both;
  }

  /** As the engine judges: each shape once, with nothing in it that the plan does not name. */
  private static List<String> shapes(String sql, RulePlan plan, String table) throws SQLException {
    Set<String> read = new TreeSet<>(plan.reads().get("execs"));
    read.remove("exec_id");
    List<String> keys = new ArrayList<>(List.of("true"));
    List<String> selected = new ArrayList<>();
    for (String column : columns) {
      if (read.contains(column)) {
        keys.add(key(column, plan));
        selected.add(key(column, plan) + " AS \"" + column + "\"");
      } else if (!column.equals("exec_id")) {
        selected.add("CASE WHEN false THEN min(\"" + column + "\") END AS \"" + column + "\"");
      }
    }
    String by = String.join(", ", keys);
    plans
        .session()
        .execute(
            "CREATE OR REPLACE TABLE members AS SELECT exec_id,"
                + " 'shape ' || min(exec_id) OVER (PARTITION BY "
                + by
                + ") AS shape FROM "
                + table);
    plans.show(
        "SELECT 'shape ' || min(exec_id) AS exec_id, "
            + selected.stream().collect(Collectors.joining(", "))
            + " FROM "
            + table
            + " GROUP BY "
            + by);
    return plans.rows(
        "SELECT m.exec_id, r.reason FROM ("
            + plans.checked(sql)
            + ") AS r JOIN members AS m ON m.shape = r.exec_id");
  }

  private static String key(String column, RulePlan plan) {
    return column.equals("ancestors") && plan.family() == Family.PROGRAMS
        ? "list_transform(ancestors, lambda a: struct_insert(struct_pack(pid := CASE WHEN false"
            + " THEN a.pid END), exe := a.exe))"
        : '"' + column + '"';
  }
}
