// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.findings.ReplayResult.RuleRun;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a hunt knows after a run. It says nothing of what this run had to do for it, so that a run
 * that was killed and resumed gives the same result as one that was not.
 *
 * @param tool name and version of this program
 * @param engine name and version of the SQL engine
 * @param run number of the run, from 1
 * @param captures captures in the store that are part of the hunt
 * @param notSelected captures in the store that the selection leaves out
 * @param vanished captures the state knows and the store no longer has
 * @param executions executions in those captures that rules have looked at
 * @param problems everything that is wrong with the evidence, sorted
 * @param losses executions lost, by cause
 * @param lostEvents rows of other tables lost, by the table's SQL name
 * @param rules rules that can run, with their open findings, sorted by id
 * @param ruleProblems what is wrong with rules
 * @param failed pairs of rule and capture that are still to be judged
 * @param findings what was found
 * @param windows where rules that found nothing say nothing, by capture and time
 */
public record HuntResult(
    String tool,
    String engine,
    int run,
    long captures,
    long notSelected,
    long vanished,
    long executions,
    List<EvidenceProblem> problems,
    SortedMap<String, Long> losses,
    SortedMap<String, Long> lostEvents,
    List<RuleRun> rules,
    List<RuleProblem> ruleProblems,
    List<FailedPair> failed,
    HuntFindings findings,
    List<InconclusiveWindow> windows) {

  /**
   * A rule that did not get through a capture, and will be tried again.
   *
   * @param ruleId the rule
   * @param captureId the capture
   * @param message why; no full stop
   */
  public record FailedPair(String ruleId, String captureId, String message) {}

  /** Sorts, and makes the collections immutable. */
  public HuntResult {
    problems = problems.stream().sorted().distinct().toList();
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    lostEvents = Collections.unmodifiableSortedMap(new TreeMap<>(lostEvents));
    rules = List.copyOf(rules);
    ruleProblems = List.copyOf(ruleProblems);
    failed = List.copyOf(failed);
    windows = List.copyOf(windows);
  }

  /** How many findings there are in a state that nobody suppresses. */
  public long count(State state) {
    return findings.count(state).values().stream().reduce(0L, Long::sum);
  }

  /** Whether a finding that was not there before is at least as severe, and not suppressed. */
  public boolean newAtLeast(Severity level) {
    return !findings.count(State.NEW).tailMap(level).isEmpty();
  }

  /** Whether nothing is missing from the evidence and every rule has looked at all of it. */
  public boolean complete() {
    return problems.isEmpty() && failed.isEmpty();
  }

  /** What the hunt says as a whole: of all findings that nobody suppresses, new or not. */
  public Verdict verdict() {
    if (count(State.NEW) + count(State.KNOWN) > 0) {
      return Verdict.FINDINGS;
    }
    return complete() && ruleProblems.isEmpty() ? Verdict.CLEAN : Verdict.INCONCLUSIVE;
  }

  /** The listed findings of some states, as a replay would give them. */
  public ReplayResult asReplay(Set<State> states) {
    return new ReplayResult(
        tool,
        engine,
        List.of(),
        List.of(),
        executions,
        rules,
        ruleProblems,
        findings.listed().stream()
            .filter(finding -> states.contains(finding.state()))
            .map(HuntFinding::finding)
            .toList(),
        findings.suppressions(),
        windows);
  }
}
