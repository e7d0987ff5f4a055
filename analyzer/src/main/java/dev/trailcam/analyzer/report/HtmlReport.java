// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.tree.ProcessTree;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Writes one HTML file that needs nothing but a browser. The same result gives the same bytes. */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * Writes the whole file; the caller flushes.
   *
   * @param activity has been told what ran
   * @param tree without folds, and with the findings of the result
   * @param links to pages of the CI server
   * @param commands that give the result again, as one would type them
   */
  public static void write(
      ReplayResult result,
      HtmlActivity activity,
      ProcessTree tree,
      CiLinks links,
      List<String> commands,
      PrintWriter out) {
    HtmlProcesses processes = activity.processes(tree);
    Map<String, Object> document =
        new HtmlDocument(result, links, processes).of(activity.document(processes), commands);
    new HtmlPage().write(page -> Json.inScript(document, page), out);
  }
}
