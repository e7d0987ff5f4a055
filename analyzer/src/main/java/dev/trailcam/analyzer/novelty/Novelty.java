// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.Suppressions;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.CiContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the head did that the base did not.
 *
 * @param base the runs that were there before
 * @param head the run that is looked at
 * @param findings open ones of the head whose rule found no such program with such arguments in the
 *     base
 * @param suppressed the same of suppressed ones
 * @param found by aspect, in the order of {@link Aspect}
 * @param ruleProblems rules that did not run on one side or both, and why
 * @param suppressions what came of them; those of the head alone, since whatever a rule found in
 *     the base is known
 * @param otherJobs captures of the base that are of another project, workflow or job than the head
 * @param cut executions of the head of which only the first arguments are known
 */
public record Novelty(
    RunSide base,
    RunSide head,
    NewFindings findings,
    NewFindings suppressed,
    List<Found> found,
    List<RuleProblem> ruleProblems,
    Suppressions suppressions,
    int otherJobs,
    long cut) {

  /**
   * Findings that are new.
   *
   * @param told worst first; no more than was asked for
   * @param total how many there are
   */
  public record NewFindings(List<NewFinding> told, long total) {}

  /**
   * A finding that is new.
   *
   * @param finding what a rule says of the first execution
   * @param executions how many it says it of that are the same but for noise
   * @param example that first execution with the programs it came from
   */
  public record NewFinding(Finding finding, long executions, Example example) {}

  /**
   * What is new in one respect.
   *
   * @param aspect which
   * @param items rarest first, then as they came up; no more than was asked for
   * @param total how many there are
   * @param notCompared executions of the head that had one shape too many to be compared
   */
  public record Found(Aspect aspect, List<Item> items, long total, long notCompared) {}

  /**
   * One thing that is new.
   *
   * @param counted how often it happened
   * @param example the first execution of the head with it
   */
  public record Item(Tally.Counted counted, Example example) {}

  /** Whether nothing is missing, so that new means new. */
  public boolean certain() {
    return base.whole()
        && head.whole()
        && ruleProblems.isEmpty()
        && !base.captures().isEmpty()
        && found.stream().allMatch(one -> one.notCompared() == 0);
  }

  /** Whether there is nothing to look at. */
  public boolean isEmpty() {
    return findings.total() == 0 && found.stream().allMatch(one -> one.total() == 0);
  }

  /**
   * Findings of the head whose rule found nothing of that program and arguments in the base: of
   * each program with arguments the first, and how many there are.
   */
  public static Map<Finding, Long> findings(List<Finding> head, List<Finding> base) {
    Set<String> known = new HashSet<>();
    base.forEach(finding -> known.add(key(finding)));
    Map<String, Finding> first = new LinkedHashMap<>();
    Map<String, Long> counts = new HashMap<>();
    for (Finding finding : head) {
      String key = key(finding);
      if (!known.contains(key)) {
        first.putIfAbsent(key, finding);
        counts.merge(key, 1L, Long::sum);
      }
    }
    Map<Finding, Long> findings = new LinkedHashMap<>();
    first.forEach((key, finding) -> findings.put(finding, counts.get(key)));
    return findings;
  }

  private static String key(Finding finding) {
    Execution execution = finding.execution();
    Act act =
        new Act(
            execution.program(),
            execution.argv(),
            execution.argvTruncated(),
            execution.cwd(),
            execution.uid(),
            execution.euid(),
            execution.parentExe());
    return finding.rule().id() + '\0' + finding.severity() + '\0' + Aspect.ARGUMENTS.shape(act);
  }

  /** Whether two runs are of one job, as far as CI told. */
  public static boolean sameJob(CiContext one, CiContext other) {
    return Objects.equals(one.projectPath(), other.projectPath())
        && Objects.equals(one.workflow(), other.workflow())
        && Objects.equals(one.job(), other.job());
  }
}
