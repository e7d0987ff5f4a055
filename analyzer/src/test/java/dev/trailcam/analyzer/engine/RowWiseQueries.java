// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up queries, of which some are row-wise and some only look like it. */
final class RowWiseQueries {
  private static final List<String> CONDITIONS =
      List.of(
          "%1$s.uid = 0",
          "%1$s.exe LIKE '%%sh'",
          "argc(%1$s.argv) > 2",
          "has_ancestor(%1$s.ancestors, '%%bash')",
          "%1$s.parent_exe IS NOT NULL",
          "any_matches(%1$s.argv, '^-')",
          "%1$s.exec_id IS NOT NULL",
          "%1$s.exe_name IN (SELECT name FROM shells)",
          "EXISTS (SELECT 1 FROM explode(%1$s.argv) AS t(x) WHERE t.x = 'a')",
          "EXISTS (SELECT 1 FROM shells AS q HAVING max(%1$s.uid) = 0)",
          "NOT EXISTS (SELECT 1 FROM execs AS k WHERE k.exec_id = %1$s.exec_id AND k.uid = 0)",
          "EXISTS (SELECT 1 FROM execs AS k WHERE k.pid = %1$s.ppid)",
          "%1$s.exec_id IN (SELECT exec_id FROM execs WHERE argc(argv) = 2)",
          "%1$s.exe NOT IN (SELECT k.exe FROM execs AS k WHERE k.exe IS NOT NULL AND k.uid > 0)",
          "(SELECT max(q.name) FROM shells AS q WHERE q.name = %1$s.exe_name) IS NULL");

  private static final List<String> PAIRS =
      List.of(
          "%1$s.exec_id = %2$s.exec_id",
          "%1$s.exec_id = %2$s.exec_id",
          "%2$s.exec_id = %1$s.exec_id AND %1$s.exe <> %2$s.cwd",
          "%1$s.exec_id = %2$s.exec_id AND %2$s.uid = 0",
          "%1$s.pid = %2$s.ppid",
          "%1$s.exec_id = %2$s.exec_id OR %1$s.pid = %2$s.ppid",
          "%1$s.process_id = %2$s.process_id");

  private static final List<String> JOINS =
      List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "SEMI JOIN", "ANTI JOIN", "FULL JOIN");

  private final Random random;

  RowWiseQueries(long seed) {
    random = new Random(seed);
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String next() {
    StringBuilder sql = new StringBuilder();
    List<String> tables = new ArrayList<>(List.of("execs", "execs"));
    int ctes = random.nextInt(3);
    for (int i = 0; i < ctes; i++) {
      sql.append(i == 0 ? "WITH c0 AS (" : ", c" + i + " AS (");
      sql.append(rows(tables)).append(')');
      tables.add("c" + i);
      tables.add("c" + i);
    }
    return sql.append(ctes > 0 ? " " : "").append(result(tables)).toString();
  }

  /** A query with all the columns that the conditions name. */
  private String rows(List<String> tables) {
    String columns =
        chance(15)
            ? "a.*"
            : "a.exec_id, a.process_id, a.exe, a.cwd, a.uid, a.pid, a.ppid, a.argv, a.ancestors,"
                + " a.parent_exe, a.exe_name";
    String query = "SELECT " + (chance(20) ? "DISTINCT " : "") + columns + from(tables);
    return chance(15) ? query + " UNION ALL SELECT " + columns + from(tables) : query;
  }

  private String result(List<String> tables) {
    String query =
        switch (random.nextInt(6)) {
          case 0 -> "SELECT a.exec_id, min(a.exe) AS reason" + from(tables) + " GROUP BY a.exec_id";
          case 1 ->
              "SELECT a.exec_id, a.exe AS reason, CAST(count(*) AS varchar) AS n"
                  + from(tables)
                  + " GROUP BY ALL";
          case 2 ->
              "SELECT a.exec_id, a.exe AS reason, CAST(row_number() OVER (PARTITION BY "
                  + one(List.of("a.exec_id", "a.exec_id, a.exe", "a.exe"))
                  + " ORDER BY a.pid, a.boot_id) AS varchar) AS n"
                  + from(List.of("execs"));
          case 3 ->
              "SELECT a.exec_id, x.arg AS reason"
                  + from(tables)
                      .replaceFirst(
                          " FROM (\\w+) AS a",
                          " FROM $1 AS a CROSS JOIN LATERAL explode(a.argv) AS x(arg)");
          case 4 ->
              "SELECT "
                  + one(List.of("min(a.exec_id)", "a.exec_id", "max(a.process_id)"))
                  + " AS exec_id, a.exe AS reason"
                  + from(tables)
                  + " GROUP BY a.exe, a.exec_id";
          default -> "SELECT a.exec_id, a.exe AS reason" + from(tables);
        };
    return chance(8) ? query + " ORDER BY reason LIMIT 5" : query;
  }

  private String from(List<String> tables) {
    StringBuilder from = new StringBuilder(" FROM ").append(one(tables)).append(" AS a");
    List<String> where = new ArrayList<>();
    if (chance(20)) {
      from.append(one(List.of(" LEFT JOIN ", " JOIN ", " RIGHT JOIN ", " SEMI JOIN ")))
          .append("shells AS s ON s.name = a.exe_name");
    }
    if (chance(50)) {
      if (chance(30)) {
        from.append(" CROSS JOIN ").append(one(tables)).append(" AS b");
        if (chance(80)) {
          where.add(one(PAIRS).formatted("a", "b"));
        }
      } else {
        String join = one(JOINS);
        from.append(' ').append(join).append(' ').append(one(tables)).append(" AS b ON ");
        from.append(one(PAIRS).formatted("a", "b"));
      }
    }
    while (chance(45)) {
      where.add("(" + one(CONDITIONS).formatted("a") + ")");
    }
    return from + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
  }
}
