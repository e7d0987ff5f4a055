// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.tree.ProcessTree;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a tree of processes. The same tree gives the same bytes. */
public final class TreeReport {

  private TreeReport() {}

  /**
   * Writes the whole report, as text for people or else as JSON; the caller flushes.
   *
   * @param findings all there are, with a node or not
   * @param glyphs what to draw with for people
   */
  public static void write(
      ProcessTree tree,
      List<Finding> findings,
      Format format,
      Style style,
      Glyphs glyphs,
      PrintWriter out) {
    switch (format) {
      case TABLE -> new TreeTable(tree, findings, new Page(out, style), glyphs).write();
      case NDJSON -> ndjson(tree, findings, out);
      default -> {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (int i = 0; i < tree.nodes().size(); i++) {
          nodes.add(TreeDocument.node(tree.nodes().get(i), i));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("summary", TreeDocument.summary(tree, findings));
        document.put("nodes", nodes);
        Json.pretty(document, out);
        out.print('\n');
      }
    }
  }

  private static void ndjson(ProcessTree tree, List<Finding> findings, PrintWriter out) {
    Documents.line("summary", TreeDocument.summary(tree, findings), out);
    for (int i = 0; i < tree.nodes().size(); i++) {
      Documents.line("node", TreeDocument.node(tree.nodes().get(i), i), out);
    }
  }
}
