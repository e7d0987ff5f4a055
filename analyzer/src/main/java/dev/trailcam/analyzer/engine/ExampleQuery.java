// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.novelty.Example;
import dev.trailcam.capture.CiContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads executions of {@code staged_execs} with the programs they came from. */
final class ExampleQuery {
  /** The stored columns that it needs. */
  static final Set<String> COLUMNS = FindingQuery.COLUMNS;

  private static final String SQL =
      """
      SELECT %s, trailcam_key, %s AS exec_id, capture_id, boot_ns + clock_offset_ns, host,
        ci_provider, project_path, commit_sha, ref_name, "trigger", actor, run_id, run_attempt,
        job, workflow
      FROM staged_execs WHERE trailcam_key IN (%%s)
      """
          .formatted(ActLoader.COLUMNS, FindingQuery.EXEC_ID);

  /** An ancestor was running the last image that it had executed before; its name must agree. */
  private static final String ORIGINS =
      """
      WITH wanted AS (
        SELECT trailcam_key, boot_id, boot_ns, unnest(ancestors) AS a,
          generate_subscripts(ancestors, 1) AS nth
        FROM staged_execs WHERE trailcam_key IN (%1$s)),
      places AS (
        SELECT trailcam_key, boot_id, boot_ns, nth, a.pid AS pid, a."start" AS began, a.exe AS exe
        FROM wanted WHERE nth <= 16),
      found AS (
        SELECT p.trailcam_key, p.nth, arg_max(e.argv, (e.boot_ns, e.trailcam_key)) AS argv
        FROM places AS p JOIN staged_execs AS e
          ON e.boot_id = p.boot_id AND e.pid = p.pid AND e.start_boot_ns = p.began
            AND e.exe = p.exe AND e.boot_ns <= p.boot_ns
        GROUP BY ALL)
      SELECT p.trailcam_key, p.exe, f.argv
      FROM places AS p LEFT JOIN found AS f USING (trailcam_key, nth)
      ORDER BY p.trailcam_key, p.nth
      """;

  private ExampleQuery() {}

  /** The executions of these keys, by key. */
  static Map<Long, Example> run(Session session, Collection<Long> keys) throws SQLException {
    Map<Long, Example> examples = new HashMap<>();
    if (keys.isEmpty()) {
      return examples;
    }
    String wanted =
        new TreeSet<>(keys)
            .stream().map(key -> Long.toString(key)).collect(Collectors.joining(","));
    Map<Long, List<Example.Step>> origins = new HashMap<>();
    session.query(
        ORIGINS.formatted(wanted),
        row ->
            origins
                .computeIfAbsent(row.getLong(1), key -> new ArrayList<>())
                .add(new Example.Step(row.getString(2), session.arguments().of(row.getArray(3)))));
    session.query(
        SQL.formatted(wanted),
        row ->
            examples.put(
                row.getLong(8),
                example(
                    row, session.arguments(), origins.getOrDefault(row.getLong(8), List.of()))));
    return examples;
  }

  private static Example example(ResultSet row, Arguments arguments, List<Example.Step> origin)
      throws SQLException {
    CiContext ci =
        new CiContext(
            row.getString(13),
            row.getString(14),
            row.getString(15),
            row.getString(16),
            row.getString(17),
            row.getString(18),
            row.getString(19),
            row.getString(20),
            row.getString(21),
            row.getString(22));
    return new Example(
        row.getString(9),
        row.getString(10),
        row.getLong(11),
        row.getString(12),
        ci,
        ActLoader.act(row, arguments),
        origin);
  }
}
