// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.LossWindow;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processes of captures and how they descend from each other. Every process is in exactly one
 * place: {@code processes} is the sum of {@link TreeNode#processes} and {@link TreeNode#omitted} of
 * all nodes, {@code leftOut} and {@code notWanted}.
 *
 * @param captures those that were read, with the problems that reading brought up
 * @param unreadable what was named and could not be read at all, sorted
 * @param windows where something is missing, by capture and time
 * @param processes how many processes the evidence tells of
 * @param executions how many programs they executed
 * @param edges how many edges there are of each kind
 * @param leftOut processes for which there was no room and that have no node above them
 * @param notWanted processes that were not asked for
 * @param focused whether what was to be in focus is there; true where nothing was
 * @param nodes from the top down, children behind their parent, by time
 */
public record ProcessTree(
    List<Capture> captures,
    List<EvidenceProblem> unreadable,
    List<LossWindow> windows,
    long processes,
    long executions,
    Map<Edge, Long> edges,
    long leftOut,
    long notWanted,
    boolean focused,
    List<TreeNode> nodes) {

  /** Makes the lists immutable. */
  public ProcessTree {
    captures = List.copyOf(captures);
    unreadable = List.copyOf(unreadable);
    windows = List.copyOf(windows);
    edges = Collections.unmodifiableMap(new EnumMap<>(edges));
    nodes = List.copyOf(nodes);
  }

  /** Whether nothing is missing from the evidence and all of it is as it was sealed. */
  public boolean evidenceWhole() {
    return unreadable.isEmpty() && captures.stream().allMatch(Capture::whole);
  }

  /** Everything that is wrong with the evidence, sorted. */
  public List<EvidenceProblem> evidenceProblems() {
    return Stream.concat(
            unreadable.stream(), captures.stream().flatMap(capture -> capture.problems().stream()))
        .sorted()
        .toList();
  }

  /** Processes that have no node of their own and are in no fold, though they were asked for. */
  public long omitted() {
    return leftOut + nodes.stream().mapToLong(TreeNode::omitted).sum();
  }
}
