// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.regression.Check.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what rules found in a corpus, and the corpus itself, with what is expected. */
final class CorpusJudge {
  private final Corpus corpus;
  private final RulesRun run;
  private final Set<String> known;
  private final Selection selection;
  private final Tally tally;
  private final List<Check> checks = new ArrayList<>();
  private final Map<Expectations, List<Capture>> captures = new LinkedHashMap<>();

  /**
   * Judges nothing yet.
   *
   * @param known ids of all rules that there are, tested or not
   */
  CorpusJudge(Corpus corpus, RulesRun run, Set<String> known, Selection selection, Tally tally) {
    this.corpus = corpus;
    this.run = run;
    this.known = known;
    this.selection = selection;
    this.tally = tally;
    corpus.expectations().forEach(file -> captures.put(file, new ArrayList<>()));
  }

  /**
   * Judges everything.
   *
   * @param found for each known miss of the corpus the executions that fit it
   */
  List<Check> checks(Function<ExpectedExecution, List<String>> found) {
    evidence();
    for (Map.Entry<Expectations, List<Capture>> entry : captures.entrySet()) {
      Expectations file = entry.getKey();
      if (!file.problems().isEmpty()) {
        continue; // said as problems of a file; half of it would judge wrongly
      }
      Set<Finding> expected = new LinkedHashSet<>();
      for (Expectation one : file.all()) {
        if (known.contains(one.rule()) && !selection.includes(one.rule())) {
          continue;
        }
        List<Capture> covered =
            entry.getValue().stream().filter(capture -> covers(file, one, capture)).toList();
        ExpectationJudge judge = new ExpectationJudge(file, one, tally);
        if (!known.contains(one.rule())) {
          checks.add(judge.withoutRule());
        } else if (covered.isEmpty()) {
          checks.add(judge.withoutCapture());
        } else if (!run.ran(one.rule())) {
          checks.add(judge.withoutRun());
        } else {
          List<Finding> findings = findings(one.rule(), covered);
          expected.addAll(findings);
          checks.add(judge.judge(findings, found));
        }
      }
      unexpected(file, entry.getValue(), expected);
    }
    return checks;
  }

  private static boolean covers(Expectations file, Expectation one, Capture capture) {
    return one.covers(Corpus.relative(capture, file.directory()));
  }

  private List<Finding> findings(String rule, List<Capture> captures) {
    Set<String> ids = captures.stream().map(Capture::id).collect(Collectors.toSet());
    return run.findings(rule).stream().filter(one -> ids.contains(one.captureId())).toList();
  }

  private void evidence() {
    for (EvidenceProblem problem : run.result().unreadable()) {
      checks.add(
          evidence(problem.path(), problem.path(), Outcome.EVIDENCE_INCOMPLETE, problem.message()));
    }
    if (corpus.expectations().isEmpty()) {
      checks.add(
          evidence(
              corpus.directory().toString(),
              corpus.directory() + "/" + Expectations.NAME,
              Outcome.FAILED,
              "there is no " + Expectations.NAME + " in the corpus: nothing says what to expect"));
    }
    for (Capture capture : run.result().captures()) {
      Optional<Expectations> file = corpus.of(capture);
      file.ifPresent(one -> captures.get(one).add(capture));
      checks.add(evidence(capture, file));
    }
    captures.forEach(this::evidence);
  }

  private Check evidence(Capture capture, Optional<Expectations> file) {
    List<EvidenceProblem> problems =
        capture.problems().stream()
            .filter(
                problem ->
                    problem.kind() != EvidenceProblem.Kind.ROWS_LOST
                        || file.flatMap(Expectations::lossy).isEmpty())
            .toList();
    String where = file.map(Expectations::file).orElse(capture.path());
    if (!problems.isEmpty()) {
      return evidence(
          capture.path(),
          where,
          Outcome.EVIDENCE_INCOMPLETE,
          problems.stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .collect(Collectors.joining("; ")));
    }
    return file.isEmpty() && !corpus.expectations().isEmpty()
        ? evidence(
            capture.path(),
            where,
            Outcome.FAILED,
            "no " + Expectations.NAME + " in its directory or above it speaks for the capture")
        : evidence(capture.path(), where, Outcome.PASSED, "");
  }

  private void evidence(Expectations file, List<Capture> spokenFor) {
    if (spokenFor.isEmpty()) {
      checks.add(
          evidence(
              file.directory(), file.file(), Outcome.FAILED, "there is no capture it speaks for"));
    } else if (file.lossy().isPresent() && spokenFor.stream().allMatch(Capture::whole)) {
      checks.add(
          evidence(
              file.directory(),
              file.file(),
              Outcome.FAILED,
              "it says lossy: true, but no capture lost anything: drop that"));
    }
  }

  private static Check evidence(String what, String file, Outcome outcome, String message) {
    return new Check(Kind.EVIDENCE, null, what + " is there and whole", file, 0, outcome, message);
  }

  private Unexpected policy(Expectations file) {
    return selection.unexpected().or(file::unexpected).orElse(Unexpected.FAIL);
  }

  private void unexpected(Expectations file, List<Capture> spokenFor, Set<Finding> expected) {
    Unexpected policy = policy(file);
    Set<String> ids = spokenFor.stream().map(Capture::id).collect(Collectors.toSet());
    Map<String, List<CheckedExecution>> byRule = new LinkedHashMap<>();
    for (Finding finding : run.result().findings()) {
      if (ids.contains(finding.captureId()) && !expected.contains(finding)) {
        byRule
            .computeIfAbsent(finding.rule().id(), id -> new ArrayList<>())
            .add(CheckedExecution.of(finding, "fired: " + finding.reason()));
      }
    }
    if (policy == Unexpected.IGNORE) {
      return;
    }
    byRule.forEach(
        (rule, executions) -> {
          tally.add(rule, 0, executions.size(), 0);
          checks.add(
              new Check(
                  Kind.UNEXPECTED,
                  rule,
                  rule + " finds nothing in " + file.directory(),
                  file.file(),
                  0,
                  policy == Unexpected.FAIL ? Outcome.FAILED : Outcome.WARNING,
                  (executions.size() == 1 ? "a finding" : executions.size() + " findings")
                      + " that nobody expects",
                  executions));
        });
    if (byRule.isEmpty()) {
      checks.add(
          new Check(
              Kind.UNEXPECTED,
              null,
              "nothing else is found in " + file.directory(),
              file.file(),
              0,
              run.allRan() ? Outcome.PASSED : Outcome.RULE_BROKEN,
              run.allRan() ? "" : "not every rule ran"));
    }
  }
}
