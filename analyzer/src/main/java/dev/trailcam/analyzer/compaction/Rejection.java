// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.compaction;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.capture.CompactionEntry;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is not taken, and stays where it is.
 *
 * @param capture empty where there is no readable one
 * @param problems why
 */
public record Rejection(Optional<Capture> capture, List<EvidenceProblem> problems) {

  /** Makes the list immutable. */
  public Rejection {
    problems = List.copyOf(problems);
  }

  /** What the directory that lacks it says; nothing in it depends on where things lie. */
  CompactionEntry.LeftOut line() {
    return new CompactionEntry.LeftOut(
        capture
            .map(Capture::path)
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .orElseGet(() -> problems.get(0).subject()),
        capture.map(Capture::id).orElse(null),
        problems.stream().map(problem -> problem.kind().id()).distinct().sorted().toList(),
        null);
  }

  /**
   * Whether a directory has to tell of it. One of a time that nobody knows, or of a period that has
   * no directory, may belong to any.
   */
  boolean belongsTo(Period period, LocalDate firstDay, Set<LocalDate> all) {
    return capture
        .map(one -> Batch.firstDay(period, one))
        .filter(all::contains)
        .map(firstDay::equals)
        .orElse(true);
  }
}
