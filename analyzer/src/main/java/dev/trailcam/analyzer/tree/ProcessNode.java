// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import dev.trailcam.analyzer.findings.Finding;
import java.util.List;

/**
 * One process in its place.
 *
 * @param parent place of the node above, or -1
 * @param depth how many nodes are above
 * @param edge how its parent is known
 * @param matched whether it is what was asked for
 * @param omitted processes below it that have no node
 * @param facts what is known of it
 * @param findings about its executions, worst first
 */
public record ProcessNode(
    int parent,
    int depth,
    Edge edge,
    boolean matched,
    long omitted,
    ProcessFacts facts,
    List<Finding> findings)
    implements TreeNode {

  /** Makes the list immutable. */
  public ProcessNode {
    findings = List.copyOf(findings);
  }

  @Override
  public int processes() {
    return 1;
  }
}
