// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.capture.CiContext;
import java.util.List;

/**
 * The evidence of one side of a comparison.
 *
 * @param captures what was read, whole or in part; each is a run
 * @param executions rows that were compared
 * @param problems everything that is wrong with it, sorted
 */
public record RunSide(List<Capture> captures, long executions, List<EvidenceProblem> problems) {

  /** Makes the lists immutable and puts the problems in order. */
  public RunSide {
    captures = List.copyOf(captures);
    problems = problems.stream().sorted().distinct().toList();
  }

  /** The CI runs of its captures, each once; {@link CiContext#NONE} outside CI. */
  public List<CiContext> jobs() {
    return captures.stream().map(RunSide::job).distinct().toList();
  }

  /** The CI run that a capture is of. */
  public static CiContext job(Capture capture) {
    CiContext ci = capture.manifest().start().ci();
    return ci == null ? CiContext.NONE : ci;
  }

  /** Whether nothing is missing. */
  public boolean whole() {
    return problems.isEmpty();
  }
}
