// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.tree.Fold;
import dev.trailcam.analyzer.tree.ProcessFacts;
import dev.trailcam.analyzer.tree.ProcessNode;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.ProgramRun;
import dev.trailcam.analyzer.tree.TreeNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree for {@link Json}, as {@code docs/process-trees.md} has it; the names are only ever added.
 * Nodes are a list in which each names the place of its parent, so that no tree is too deep.
 */
final class TreeDocument {

  private TreeDocument() {}

  static Map<String, Object> node(TreeNode node, int place) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("node", place);
    document.put("parent", node.parent() < 0 ? null : node.parent());
    document.put("depth", node.depth());
    document.put("edge", node.edge().id());
    document.put("matched", node.matched());
    document.put("processes", node.processes());
    document.put("omitted", node.omitted());
    if (node instanceof Fold fold) {
      document.put("kind", "fold");
      document.put("last_started", time(fold.lastStartNs()));
      process(document, fold.first());
      document.put("findings", List.of());
    } else if (node instanceof ProcessNode process) {
      document.put("kind", "process");
      document.put("last_started", null);
      process(document, process.facts());
      document.put("findings", process.findings().stream().map(TreeDocument::finding).toList());
    }
    return document;
  }

  private static void process(Map<String, Object> document, ProcessFacts facts) {
    document.put("process_id", facts.processId());
    document.put("boot_id", facts.bootId());
    document.put("pid", facts.pid());
    document.put("ppid", facts.ppid());
    document.put("origin", facts.origin().id());
    document.put("comm", facts.comm());
    document.put("program", facts.program());
    document.put("uid", facts.uid());
    document.put("container_id", facts.containerId());
    document.put("started", time(facts.startNs()));
    document.put("ended", facts.ending().map(end -> Times.utc(end.tsNs())).orElse(null));
    document.put("exit_code", facts.ending().map(end -> end.exitCode()).orElse(null));
    document.put("signal", facts.ending().map(end -> end.signal()).orElse(null));
    document.put("program_lost", facts.programLost());
    document.put("executions", facts.executions());
    document.put("failed_executions", facts.failed());
    document.put("raw_sockets", facts.sockets());
    document.put("runs", facts.runs().stream().map(TreeDocument::run).toList());
  }

  static Map<String, Object> run(ProgramRun run) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("exec_id", run.execId());
    document.put("ts", Times.utc(run.tsNs()));
    document.put("program", run.program());
    document.put("argv", run.argv());
    document.put("argv_truncated", run.argvTruncated());
    document.put("uid", run.uid());
    document.put("euid", run.euid());
    document.put("cwd", run.cwd());
    return document;
  }

  static Map<String, Object> finding(Finding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("finding_id", finding.id());
    document.put("exec_id", finding.execution().execId());
    document.put("rule", finding.rule().id());
    document.put("title", finding.rule().title());
    document.put("severity", finding.severity().id());
    document.put("reason", finding.reason());
    document.put("suppression", SuppressionDocuments.mark(finding.suppression()));
    return document;
  }

  static Map<String, Object> summary(ProcessTree tree, List<Finding> findings) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("evidence_complete", tree.evidenceWhole());
    document.put("processes", tree.processes());
    document.put("executions", tree.executions());
    Map<String, Object> edges = new LinkedHashMap<>();
    tree.edges().forEach((edge, n) -> edges.put(edge.id(), n));
    document.put("edges", edges);
    document.put("nodes", tree.nodes().size());
    document.put("omitted", tree.omitted());
    document.put("left_out", tree.leftOut());
    document.put("not_wanted", tree.notWanted());
    document.put("findings", findings.size());
    document.put("suppressed", findings.stream().filter(finding -> !finding.open()).count());
    document.put("loss_windows", tree.windows().stream().map(Documents::lossWindow).toList());
    document.put("captures", tree.captures().stream().map(Documents::capture).toList());
    document.put("unreadable", tree.unreadable().stream().map(Documents::problem).toList());
    return document;
  }

  private static String time(Long ns) {
    return ns == null ? null : Times.utc(ns);
  }
}
