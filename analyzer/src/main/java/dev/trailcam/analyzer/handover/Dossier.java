// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import dev.trailcam.analyzer.findings.Verdict;
import java.util.List;

/**
 * What is handed over of one replay. All text may be hostile.
 *
 * @param tool name and version of the program that replayed
 * @param engine name and version of its SQL engine
 * @param verdict what it said as a whole
 * @param complete whether nothing was missing from the evidence
 * @param executions how many executions the rules looked at
 * @param captures what was looked at
 * @param rules those that ran
 * @param gaps everything that was not as it should be, so that no finding may mean nothing
 * @param findings those that are suppressed too
 */
public record Dossier(
    String tool,
    String engine,
    Verdict verdict,
    boolean complete,
    long executions,
    List<Capture> captures,
    List<RuleRun> rules,
    List<Gap> gaps,
    List<DossierFinding> findings) {

  /**
   * A capture that was looked at.
   *
   * @param path as it was named
   * @param id its id
   * @param host where it was recorded
   */
  public record Capture(String path, String id, String host) {}

  /** A rule that ran. */
  public record RuleRun(String id, long version, String sha256) {}

  /**
   * Something that was not as it should be.
   *
   * @param kind what sort of thing, for programs
   * @param place the file it is about, as it was named
   * @param message as a sentence without a full stop
   * @param tsNs when it began to matter in nanoseconds since 1970; 0 where nobody knows
   */
  public record Gap(Kind kind, String place, String message, long tsNs) {

    /** What a gap is in. */
    public enum Kind {
      /** Evidence is missing, altered or foreign. */
      EVIDENCE("evidence"),
      /** A time of which rules that found nothing say nothing. */
      WINDOW("inconclusive_window"),
      /** A rule could not run. */
      RULE("rule"),
      /** A suppression could not be heeded. */
      SUPPRESSION("suppression");

      private final String id;

      Kind(String id) {
        this.id = id;
      }

      /** The name in outputs. */
      public String id() {
        return id;
      }
    }

    /** One sentence that says all of it. */
    String sentence() {
      return place + ": " + message;
    }
  }

  /** Makes the lists immutable. */
  public Dossier {
    captures = List.copyOf(captures);
    rules = List.copyOf(rules);
    gaps = List.copyOf(gaps);
    findings = List.copyOf(findings);
  }

  /** Whether every rule and every suppression could be heeded. */
  public boolean rulesWhole() {
    return gaps.stream()
        .noneMatch(gap -> gap.kind() == Gap.Kind.RULE || gap.kind() == Gap.Kind.SUPPRESSION);
  }

  /** Whether no finding means that there was nothing. */
  public boolean conclusive() {
    return complete && gaps.isEmpty();
  }

  /** What it says as a whole, in one sentence. */
  String headline() {
    long open = findings.stream().filter(DossierFinding::open).count();
    return open
        + (open == 1 ? " finding, " : " findings, ")
        + (findings.size() - open)
        + " suppressed, in "
        + executions
        + " executions; "
        + (conclusive() ? "nothing is missing" : "INCOMPLETE: something is missing");
  }
}
