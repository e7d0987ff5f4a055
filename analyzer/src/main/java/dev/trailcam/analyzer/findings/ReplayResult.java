// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a replay found and what it could not see.
 *
 * @param tool name and version of this program
 * @param engine name and version of the SQL engine
 * @param captures those that were analysed, whole or in part, sorted by path
 * @param unreadable what was named or found and could not be analysed at all, sorted
 * @param executions rows the rules looked at
 * @param rules rules that ran, sorted by id
 * @param ruleProblems rules that did not, and why
 * @param findings in {@link Finding#ORDER}, those that are suppressed too
 * @param suppressions what came of suppressions
 * @param windows where rules that found nothing say nothing, by capture and time
 * @param selected what was left out since nobody asked for it
 */
public record ReplayResult(
    String tool,
    String engine,
    List<Capture> captures,
    List<EvidenceProblem> unreadable,
    long executions,
    List<RuleRun> rules,
    List<RuleProblem> ruleProblems,
    List<Finding> findings,
    Suppressions suppressions,
    List<InconclusiveWindow> windows,
    Selected selected) {

  /** Makes the lists immutable and puts the findings in order. */
  public ReplayResult {
    captures = List.copyOf(captures);
    unreadable = List.copyOf(unreadable);
    rules = List.copyOf(rules);
    ruleProblems = List.copyOf(ruleProblems);
    findings = findings.stream().sorted(Finding.ORDER).toList();
    windows = List.copyOf(windows);
  }

  /** A result of everything that was named. */
  public ReplayResult(
      String tool,
      String engine,
      List<Capture> captures,
      List<EvidenceProblem> unreadable,
      long executions,
      List<RuleRun> rules,
      List<RuleProblem> ruleProblems,
      List<Finding> findings,
      Suppressions suppressions,
      List<InconclusiveWindow> windows) {
    this(
        tool,
        engine,
        captures,
        unreadable,
        executions,
        rules,
        ruleProblems,
        findings,
        suppressions,
        windows,
        Selected.ALL);
  }

  /** The same with these findings of it alone. */
  ReplayResult selected(Selected by, List<Finding> wanted) {
    Map<String, Long> counts = new HashMap<>();
    wanted.forEach(finding -> counts.merge(finding.rule().id(), 1L, Long::sum));
    return new ReplayResult(
        tool,
        engine,
        captures,
        unreadable,
        executions,
        rules.stream()
            .map(run -> new RuleRun(run.rule(), counts.getOrDefault(run.rule().id(), 0L)))
            .toList(),
        ruleProblems,
        wanted,
        suppressions,
        windows,
        by);
  }

  /** The same where more has become known of its captures: what is wrong with them adds up. */
  public ReplayResult with(List<Capture> looked) {
    Map<String, Capture> byPath = new HashMap<>();
    looked.forEach(capture -> byPath.put(capture.path(), capture));
    return new ReplayResult(
        tool,
        engine,
        captures.stream()
            .map(
                capture ->
                    byPath.containsKey(capture.path())
                        ? capture.without(List.of(), byPath.get(capture.path()).problems())
                        : capture)
            .toList(),
        unreadable,
        executions,
        rules,
        ruleProblems,
        findings,
        suppressions,
        windows,
        selected);
  }

  /**
   * A rule that ran over all the evidence.
   *
   * @param rule the rule
   * @param findings how many it has
   */
  public record RuleRun(Rule rule, long findings) {}

  public Verdict verdict() {
    if (findings.stream().anyMatch(Finding::open)) {
      return Verdict.FINDINGS;
    }
    return evidenceWhole() && ruleProblems.isEmpty() ? Verdict.CLEAN : Verdict.INCONCLUSIVE;
  }

  /** Findings that nobody suppresses, in {@link Finding#ORDER}. */
  public List<Finding> open() {
    return findings.stream().filter(Finding::open).toList();
  }

  /** Findings that somebody suppresses, in {@link Finding#ORDER}. */
  public List<Finding> suppressedFindings() {
    return findings.stream().filter(finding -> !finding.open()).toList();
  }

  /** How many findings are suppressed. */
  public long suppressed() {
    return suppressedFindings().size();
  }

  /** How many incidents the open findings are parts of. */
  public long incidents() {
    return findings.stream().filter(Finding::open).map(Finding::incident).distinct().count();
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

  /** Executions that the recorders lost, by cause. */
  public SortedMap<String, Long> losses() {
    return summed(Capture::losses);
  }

  /** Rows of other tables that the recorders lost, by the table's SQL name. */
  public SortedMap<String, Long> lostEvents() {
    return summed(Capture::lostEvents);
  }

  private SortedMap<String, Long> summed(Function<Capture, SortedMap<String, Long>> counts) {
    SortedMap<String, Long> sum = new TreeMap<>();
    for (Capture capture : captures) {
      counts.apply(capture).forEach((name, n) -> sum.merge(name, n, ReplayResult::capped));
    }
    return sum;
  }

  /** Counts come from strangers: a sum that is too large to be true must not become a small one. */
  private static long capped(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
