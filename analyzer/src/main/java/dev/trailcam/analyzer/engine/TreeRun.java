// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.LossWindows;
import dev.trailcam.analyzer.tree.Lineage;
import dev.trailcam.analyzer.tree.Outline;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.TreeRequest;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a tree of captures that are staged. */
final class TreeRun {
  private final Session session;
  private final Progress progress;

  TreeRun(Session session, Progress progress) {
    this.session = session;
    this.progress = progress;
  }

  /** Reads columns of tables; the session cannot open any file from then on. */
  static LoadedEvidence read(
      Session session, EvidenceTables tables, Map<Table, Set<String>> columns) throws SQLException {
    for (Map.Entry<Table, Set<String>> table : columns.entrySet()) {
      tables.read(table.getKey(), RowLoader.create(session, table.getKey(), table.getValue()));
    }
    LoadedEvidence evidence = tables.loaded();
    session.lock();
    return evidence;
  }

  ProcessTree tree(
      CaptureSet set, EvidenceTables tables, List<Finding> findings, TreeRequest request)
      throws SQLException {
    LoadedEvidence evidence = read(session, tables, FamilyTables.COLUMNS);
    progress.at("finding out who descends from whom", 0, 0);
    new FamilyTables(session, request).create(findings);
    TreeQuery query = new TreeQuery(session);
    Lineage lineage = query.lineage();
    Outline outline = Outline.of(lineage, request.shape());
    boolean focused =
        !request.focus() || session.number("SELECT count(*) FROM kin WHERE focus") > 0;
    return new ProcessTree(
        evidence.captures(),
        set.problems(),
        LossWindows.of(evidence.captures(), set.problems(), LossQuery.run(session)),
        lineage.size(),
        session.number("SELECT coalesce(sum(runs), 0)::BIGINT FROM family"),
        lineage.edges(),
        outline.leftOut(),
        outline.notWanted(),
        focused,
        query.nodes(outline, findings));
  }
}
