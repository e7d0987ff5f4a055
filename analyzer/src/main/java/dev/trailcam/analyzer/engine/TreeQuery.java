// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.tree.Edge;
import dev.trailcam.analyzer.tree.Ending;
import dev.trailcam.analyzer.tree.Fold;
import dev.trailcam.analyzer.tree.Lineage;
import dev.trailcam.analyzer.tree.Origin;
import dev.trailcam.analyzer.tree.Outline;
import dev.trailcam.analyzer.tree.ProcessFacts;
import dev.trailcam.analyzer.tree.ProcessNode;
import dev.trailcam.analyzer.tree.ProgramRun;
import dev.trailcam.analyzer.tree.TreeNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link FamilyTables} made: who descends from whom, and what is told of some. */
final class TreeQuery {
  /** One process may execute a million programs. */
  private static final int MAX_RUNS = 8;

  private static final String EVERYTHING =
      "boot_ns, exec_id, exe, argv, argv_truncated, uid, euid, cwd, ts";

  private static final String SHOWN =
      """
      SELECT DISTINCT s.n AS shown, %s AS exec_id, e.boot_ns, %s AS ts, e.exe, e.argv,
        e.argv_truncated, e.uid, e.euid, e.cwd
      FROM temp.shown AS s JOIN family AS f ON f.n = s.n
      JOIN staged_execs AS e
        ON e.boot_id = f.boot_id AND e.pid = f.pid AND e.start_boot_ns = f."start"
      """
          .formatted(
              FindingQuery.EXEC_ID
                  .replace("boot_id", "e.boot_id")
                  .replace("|| pid", "|| e.pid")
                  .replace("start_boot_ns", "e.start_boot_ns")
                  .replace("|| boot_ns", "|| e.boot_ns"),
              FamilyTables.wall("e.boot_ns", "e.clock_offset_ns"));

  private final Session session;

  TreeQuery(Session session) {
    this.session = session;
  }

  /** Every process. */
  Lineage lineage() throws SQLException {
    Lineage lineage = new Lineage();
    session.query(
        "SELECT parent, edge, label, matched, focus, found FROM kin ORDER BY n",
        row ->
            lineage.add(
                row.getInt(1),
                Edge.valueOf(row.getString(2)),
                row.getInt(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6)));
    return lineage;
  }

  /** The lines of an outline with their facts. */
  List<TreeNode> nodes(Outline outline, List<Finding> findings) throws SQLException {
    List<Outline.Item> items = outline.items();
    try (StagedRows rows = new StagedRows(session, "shown", "n INTEGER")) {
      for (Outline.Item item : items) {
        rows.add(item.first());
      }
    }
    Map<String, List<Finding>> found = new HashMap<>();
    findings.forEach(
        finding ->
            found
                .computeIfAbsent(finding.execution().processId(), id -> new ArrayList<>())
                .add(finding));
    Map<Integer, ProcessFacts> facts = facts(runs());
    Map<Integer, Long> lasts = lasts(items);
    List<TreeNode> nodes = new ArrayList<>();
    for (Outline.Item item : items) {
      ProcessFacts first = facts.get(item.first());
      nodes.add(
          item.folded()
              ? new Fold(
                  item.parent(),
                  item.depth(),
                  item.edge(),
                  item.matched(),
                  item.omitted(),
                  item.members(),
                  first,
                  lasts.get(item.last()))
              : new ProcessNode(
                  item.parent(),
                  item.depth(),
                  item.edge(),
                  item.matched(),
                  item.omitted(),
                  first,
                  found.getOrDefault(first.processId(), List.of())));
    }
    return nodes;
  }

  private Map<Integer, Long> lasts(List<Outline.Item> items) throws SQLException {
    try (StagedRows rows = new StagedRows(session, "lasts", "n INTEGER")) {
      for (Outline.Item item : items) {
        if (item.folded()) {
          rows.add(item.last());
        }
      }
    }
    Map<Integer, Long> lasts = new HashMap<>();
    session.query(
        "SELECT n, "
            + FamilyTables.wall("\"start\"", "off")
            + " FROM family SEMI JOIN temp.lasts USING (n) WHERE off IS NOT NULL",
        row -> lasts.put(row.getInt(1), row.getLong(2)));
    return lasts;
  }

  private Map<Integer, List<ProgramRun>> runs() throws SQLException {
    Map<Integer, List<ProgramRun>> runs = new HashMap<>();
    session.query(
        "SELECT shown, exec_id, ts, exe, argv, argv_truncated, uid, euid, cwd FROM ("
            + SHOWN
            + ") QUALIFY row_number() OVER (PARTITION BY shown ORDER BY "
            + EVERYTHING
            + ") <= "
            + MAX_RUNS
            + " ORDER BY shown, "
            + EVERYTHING,
        row -> runs.computeIfAbsent(row.getInt(1), n -> new ArrayList<>()).add(run(row)));
    return runs;
  }

  private ProgramRun run(ResultSet row) throws SQLException {
    List<String> all = session.arguments().of(row.getArray(5));
    List<String> argv = all == null ? null : Arguments.shortened(all);
    return new ProgramRun(
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        argv,
        row.getBoolean(6) || (argv != null && !argv.equals(all)),
        row.getLong(7),
        row.getLong(8),
        row.getString(9));
  }

  private Map<Integer, ProcessFacts> facts(Map<Integer, List<ProgramRun>> runs)
      throws SQLException {
    Map<Integer, ProcessFacts> facts = new HashMap<>();
    session.query(
        "SELECT n, process_id, boot_id, pid, ppid, origin, comm, exe, "
            + FamilyTables.wall("\"start\"", "off")
            + ", uid, container, runs, failed, sockets, program_lost, "
            + FamilyTables.wall("ended", "ended_off")
            + ", code, signal FROM family SEMI JOIN temp.shown USING (n)",
        row -> {
          int n = row.getInt(1);
          facts.put(n, facts(row, runs.getOrDefault(n, List.of())));
        });
    return facts;
  }

  private static ProcessFacts facts(ResultSet row, List<ProgramRun> runs) throws SQLException {
    Long ended = number(row, 16);
    return new ProcessFacts(
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        small(row, 5),
        Origin.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
        row.getString(7),
        row.getString(8),
        number(row, 9),
        number(row, 10),
        row.getString(11),
        runs,
        row.getLong(12),
        row.getLong(13),
        row.getLong(14),
        row.getBoolean(15),
        ended == null
            ? Optional.empty()
            : Optional.of(new Ending(ended, small(row, 17), small(row, 18))));
  }

  private static Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(number);
  }

  private static Integer small(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : Integer.valueOf(number);
  }
}
