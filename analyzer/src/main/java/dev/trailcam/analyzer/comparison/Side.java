// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.comparison;

import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.SurfaceFile;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One of the two that are compared: what a set of rules found, just now or in a saved result.
 *
 * @param label what the user calls it
 * @param executions rows the rules looked at
 * @param captures those that were analysed, sorted by path
 * @param evidenceWhole whether nothing is missing from the evidence
 * @param evidenceProblems what is wrong with it, one line each
 * @param rules those that ran, sorted by id
 * @param ruleProblems those that did not, and why
 * @param hits what was found
 * @param texts the files of the rules and of what they are written against, by their path in a rule
 *     set; none in a saved result
 * @param tool name and version of the program, and of its SQL engine
 */
public record Side(
    String label,
    long executions,
    List<CaptureState> captures,
    boolean evidenceWhole,
    List<String> evidenceProblems,
    List<RuleVersion> rules,
    List<RuleProblem> ruleProblems,
    List<Hit> hits,
    SortedMap<String, Text> texts,
    String tool) {

  /** Sorts the hits and makes the lists immutable. */
  public Side {
    captures = List.copyOf(captures);
    evidenceProblems = List.copyOf(evidenceProblems);
    rules = List.copyOf(rules);
    ruleProblems = List.copyOf(ruleProblems);
    hits = hits.stream().sorted(Hit.ORDER).toList();
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /**
   * A file of a rule set.
   *
   * @param file what it is called in messages
   * @param content all of it
   */
  public record Text(String file, String content) {}

  /** What a replay of these rules has found. */
  public static Side of(String label, RuleSet rules, ReplayResult result) {
    SortedMap<String, Text> texts = new TreeMap<>();
    for (Rule rule : rules.rules()) {
      texts.put("rules/" + rule.id() + ".sql", new Text(rule.file(), rule.sql()));
    }
    for (SurfaceFile file : rules.surface().files()) {
      texts.put(file.path(), new Text(file.file(), file.text()));
    }
    return new Side(
        label,
        result.executions(),
        result.captures().stream().map(CaptureState::of).toList(),
        result.evidenceWhole(),
        result.evidenceProblems().stream().map(p -> p.path() + ": " + p.message()).toList(),
        result.rules().stream().map(run -> RuleVersion.of(run.rule())).toList(),
        result.ruleProblems(),
        result.findings().stream().map(Hit::of).toList(),
        texts,
        result.tool() + ", " + result.engine());
  }

  /** A rule that ran. */
  Optional<RuleVersion> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** Ids of the rules that are there and did not run; the name of its file is a rule's id. */
  Set<String> failed() {
    return ruleProblems.stream()
        .map(problem -> problem.file().substring(problem.file().lastIndexOf('/') + 1))
        .filter(name -> name.endsWith(".sql"))
        .map(name -> name.substring(0, name.length() - ".sql".length()))
        .filter(id -> rule(id).isEmpty())
        .collect(Collectors.toSet());
  }
}
