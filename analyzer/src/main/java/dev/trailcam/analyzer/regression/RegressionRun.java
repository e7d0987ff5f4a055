// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.engine.Answered;
import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.WrittenCapture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.CaseSection;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleCase;
import dev.trailcam.analyzer.rules.RuleCase.Recorded;
import dev.trailcam.analyzer.rules.RuleCase.Written;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tests rules: all made-up cases in one session of the engine, each corpus in one of its own, with
 * the recorded cases that name its captures.
 */
public final class RegressionRun {
  private final Engine engine;
  private final RuleSet rules;
  private final Set<String> known;
  private final List<RuleCases> cases;
  private final Selection selection;
  private final Set<RuleProblem> problems = new LinkedHashSet<>();
  private final Tally tally = new Tally();

  /** Checks by case, since recorded ones come up corpus by corpus. */
  private final IdentityHashMap<RuleCase, Check> judged = new IdentityHashMap<>();

  private String engineVersion = "";
  private int captures;
  private long executions;

  /**
   * Prepares a run.
   *
   * @param rules the whole rule set, of which the selection may take some
   * @param cases what lies beside them
   */
  public RegressionRun(Engine engine, RuleSet rules, List<RuleCases> cases, Selection selection) {
    this.engine = engine;
    this.known = Selection.known(rules);
    this.rules = rules.only(selection::includes);
    this.cases = cases.stream().filter(one -> selection.includes(one.ruleId())).toList();
    this.selection = selection;
  }

  /**
   * Runs everything.
   *
   * @param tool name and version of this program
   * @param corpora judged one by one
   * @param progress is told the name of each capture before it is hashed
   */
  public TestResult run(String tool, List<Corpus> corpora, Consumer<String> progress) {
    problems.addAll(rules.problems());
    cases.forEach(file -> problems.addAll(file.problems()));
    written();
    List<Check> ofCorpora = new ArrayList<>();
    for (Corpus corpus : corpora) {
      corpus.expectations().forEach(file -> problems.addAll(file.problems()));
      ofCorpora.addAll(corpus(corpus, progress));
    }
    List<Check> checks = new ArrayList<>(ofCases());
    checks.addAll(ofCorpora);
    if (checks.size() < selection.minimum()) {
      checks.add(tooFew(checks.size()));
    }
    return new TestResult(
        tool, engineVersion, checks, scores(), List.copyOf(problems), captures, executions);
  }

  private void written() {
    List<WrittenCapture> machines = new ArrayList<>();
    IdentityHashMap<RuleCase, CaseCapture> rows = new IdentityHashMap<>();
    for (RuleCases file : cases) {
      for (RuleCase one : file.cases()) {
        if (one.evidence() instanceof Written evidence) {
          CaseCapture machine = new CaseCapture(file.ruleId(), one, evidence);
          rows.put(one, machine);
          machines.add(machine.written(file));
        }
      }
    }
    RulesRun run = ran(engine.replay(machines, rules));
    for (RuleCases file : cases) {
      for (RuleCase one : file.cases()) {
        if (one.evidence() instanceof Written evidence) {
          judged.put(
              one,
              new CaseJudge(file, one)
                  .written(evidence.executions(), rows.get(one).execIds(), run));
        }
      }
    }
  }

  private RulesRun ran(ReplayResult result) {
    problems.addAll(result.ruleProblems());
    engineVersion = result.engine();
    return new RulesRun(result);
  }

  private List<Check> corpus(Corpus corpus, Consumer<String> progress) {
    CaptureSet set = CaptureSet.open(List.of(corpus.directory()), progress);
    CorpusQuestions questions = new CorpusQuestions(corpus, set);
    for (RuleCases file : cases) {
      for (RuleCase one : file.cases()) {
        if (!judged.containsKey(one)) {
          questions.recorded(file, one, check -> judged.put(one, check));
        }
      }
    }
    IdentityHashMap<ExpectedExecution, List<String>> misses = new IdentityHashMap<>();
    questions.knownMisses(misses::put);
    Answered answered = engine.replay(set, rules, questions.queries());
    RulesRun run = ran(answered.result());
    captures += answered.result().captures().size();
    executions += answered.result().executions();
    questions.answer(answered.executions(), run);
    return new CorpusJudge(corpus, run, known, selection, tally)
        .checks(miss -> misses.getOrDefault(miss, List.of()));
  }

  /** In the order of the files, and what is wrong with the files as such. */
  private List<Check> ofCases() {
    List<Check> checks = new ArrayList<>();
    Set<String> tested = new HashSet<>();
    for (RuleCases file : cases) {
      tested.add(file.ruleId());
      if (!known.contains(file.ruleId())) {
        checks.add(
            ofFile(
                file.ruleId(), file.file(), Outcome.FAILED, "there is no rule beside these cases"));
        continue;
      }
      for (RuleCase one : file.cases()) {
        Check check = judged.get(one);
        if (check == null && one.evidence() instanceof Recorded evidence) {
          check = new CaseJudge(file, one).withoutCapture(evidence.capture());
        }
        checks.add(check);
      }
    }
    for (Rule rule : rules.rules()) {
      if (!tested.contains(rule.id())) {
        checks.add(
            ofFile(rule.id(), RuleCases.fileOf(rule), Outcome.WARNING, "the rule has no cases"));
      }
    }
    return checks;
  }

  private static Check ofFile(String rule, String file, Outcome outcome, String message) {
    return new Check(Check.Kind.CASE, rule, rule + " has cases", file, 0, outcome, message);
  }

  private Check tooFew(int checks) {
    return new Check(
        Check.Kind.RUN,
        null,
        "at least " + selection.minimum() + " checks",
        "",
        0,
        Outcome.FAILED,
        "only " + checks + " checks were made: name rules that have cases, or a corpus");
  }

  private List<RuleScore> scores() {
    Map<String, RuleCases> byRule =
        cases.stream()
            .collect(Collectors.toMap(RuleCases::ruleId, file -> file, (first, second) -> first));
    return rules.rules().stream()
        .map(rule -> score(rule, Optional.ofNullable(byRule.get(rule.id()))))
        .toList();
  }

  private RuleScore score(Rule rule, Optional<RuleCases> file) {
    Tally.Counts counts = tally.of(rule.id());
    return new RuleScore(
        rule,
        file.map(one -> one.count(CaseSection.FIRES)).orElse(0L),
        file.map(one -> one.count(CaseSection.SILENT)).orElse(0L),
        file.map(one -> one.count(CaseSection.KNOWN_MISSES)).orElse(0L),
        counts.right(),
        counts.wrong(),
        counts.missed());
  }
}
