// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.explanation;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.Severity;
import java.util.List;
import java.util.Optional;

/**
 * A rule beside one execution.
 *
 * @param rule the rule
 * @param execution the execution
 * @param captureId the capture that holds it
 * @param names what it was known by
 * @param reason what the rule says of it; empty if it does not hold
 * @param severity how bad that is: the rule's severity, or less where it says so
 * @param parts what the rule asked, in the order in which one needs the other
 * @param captures what was looked at
 * @param evidenceProblems what is wrong with that
 */
public record Explanation(
    Rule rule,
    Execution execution,
    String captureId,
    List<KnownName> names,
    Optional<String> reason,
    Severity severity,
    List<PartResult> parts,
    List<Capture> captures,
    List<EvidenceProblem> evidenceProblems) {

  /** Makes the lists immutable. */
  public Explanation {
    names = List.copyOf(names);
    parts = List.copyOf(parts);
    captures = List.copyOf(captures);
    evidenceProblems = List.copyOf(evidenceProblems);
  }

  /**
   * A name of the execution.
   *
   * @param name one of program_names
   * @param origin how it came by it, as the end of a sentence; empty where the views do not say
   */
  public record KnownName(String name, String origin) {}

  /** Where the execution was lost: the first source or term that left no row. */
  public Optional<Stop> firstStop() {
    if (reason.isPresent()) {
      return Optional.empty();
    }
    return parts.stream().flatMap(part -> part.stop().stream()).findFirst();
  }

  /**
   * What left no row.
   *
   * @param line line in the rule's file, 0 where it cannot be told
   * @param text the term or the source, as the author wrote it
   * @param term whether it is a term; if not, it is a table without a row
   */
  public record Stop(int line, String text, boolean term) {}
}
