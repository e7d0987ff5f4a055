// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.tree.Ending;
import dev.trailcam.analyzer.tree.ProcessFacts;
import dev.trailcam.analyzer.tree.ProcessNode;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.TreeNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The processes of a page, in the order of the tree, and the place of each. */
final class HtmlProcesses {
  private final Map<String, Integer> places = new HashMap<>();
  private final ProcessTree tree;
  private final HtmlColumns columns =
      new HtmlColumns(
          "pid",
          "parent",
          "program",
          "uid",
          "container",
          "executions",
          "program_lost",
          "started",
          "ended",
          "exit_code",
          "signal",
          "omitted");
  private final StringBuilder edges = new StringBuilder();
  private final StringBuilder origins = new StringBuilder();

  /**
   * Takes processes.
   *
   * @param tree without folds
   * @param texts get what the processes are called
   */
  HtmlProcesses(ProcessTree tree, HtmlTexts texts) {
    this.tree = tree;
    for (TreeNode node : tree.nodes()) {
      if (!(node instanceof ProcessNode process)) {
        throw new IllegalArgumentException("a page folds processes itself");
      }
      add(process, texts);
    }
  }

  private void add(ProcessNode process, HtmlTexts texts) {
    ProcessFacts facts = process.facts();
    places.put(facts.processId(), places.size());
    edges.append(process.edge().id().charAt(0));
    origins.append(facts.origin().id().charAt(0));
    columns.add(
        facts.pid(),
        process.parent(),
        texts.numberOf(facts.program() == null ? facts.comm() : facts.program()),
        facts.uid(),
        texts.numberOf(facts.containerId()),
        facts.executions(),
        facts.programLost() ? 1 : 0,
        micros(facts.startNs()),
        micros(facts.ending().map(Ending::tsNs).orElse(null)),
        facts.ending().map(Ending::exitCode).orElse(null),
        facts.ending().map(Ending::signal).orElse(null),
        process.omitted());
  }

  private static Long micros(Long ns) {
    return ns == null ? null : Long.valueOf(HtmlDocument.micros(ns));
  }

  /** The place of a process; -1 for one that is not in the page. */
  int place(String processId) {
    return places.getOrDefault(processId, -1);
  }

  /** Everything, for {@link Json}. Of edges and origins there are the first letters. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("total", tree.processes());
    document.put("not_wanted", tree.notWanted());
    document.put("left_out", tree.omitted());
    document.put("edge", edges.toString());
    document.put("origin", origins.toString());
    document.putAll(columns.document());
    return document;
  }
}
