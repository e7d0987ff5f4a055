// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import dev.trailcam.analyzer.engine.ExecutionQuery;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.regression.ExpectedExecution.ByArguments;
import dev.trailcam.analyzer.regression.ExpectedExecution.ById;
import dev.trailcam.analyzer.rules.RuleCase;
import dev.trailcam.analyzer.rules.RuleCase.Recorded;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.capture.ExecColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What cases and expectations need to know of the executions in a corpus, asked all at once. */
final class CorpusQuestions {

  /**
   * One question.
   *
   * @param answer gets the ids of the executions, and what the rules found in the corpus
   */
  private record Question(ExecutionQuery query, BiConsumer<List<String>, RulesRun> answer) {}

  private final Corpus corpus;
  private final CaptureSet set;
  private final List<Question> questions = new ArrayList<>();

  CorpusQuestions(Corpus corpus, CaptureSet set) {
    this.corpus = corpus;
    this.set = set;
  }

  /** Which executions a case means; none is asked if its capture is not in this corpus. */
  void recorded(RuleCases file, RuleCase one, Consumer<Check> judged) {
    if (!(one.evidence() instanceof Recorded evidence)) {
      return;
    }
    List<String> ids =
        captures(capture -> Corpus.below(corpus.relative(capture), evidence.capture()));
    if (!ids.isEmpty()) {
      questions.add(
          new Question(
              new ExecutionQuery(ids, evidence.execIds(), evidence.like().values()),
              (found, run) -> judged.accept(new CaseJudge(file, one).recorded(found, run))));
    }
  }

  /** Which executions the known misses are. */
  void knownMisses(BiConsumer<ExpectedExecution, List<String>> misses) {
    for (Expectations file : corpus.expectations()) {
      for (Expectation one : file.all()) {
        List<String> ids = captures(capture -> covers(file, one, capture));
        for (ExpectedExecution miss : one.knownMisses()) {
          questions.add(
              new Question(query(ids, miss), (found, run) -> misses.accept(miss, found)));
        }
      }
    }
  }

  private boolean covers(Expectations file, Expectation one, Capture capture) {
    return corpus.of(capture).filter(file::equals).isPresent()
        && one.covers(Corpus.relative(capture, file.directory()));
  }

  private List<String> captures(Predicate<Capture> covered) {
    return set.captures().stream().filter(covered).map(Capture::id).toList();
  }

  private static ExecutionQuery query(List<String> captureIds, ExpectedExecution execution) {
    if (execution instanceof ById named) {
      return new ExecutionQuery(captureIds, List.of(named.prefix()), Map.of());
    }
    return new ExecutionQuery(
        captureIds, List.of(), Map.of(ExecColumn.ARGV, ((ByArguments) execution).argv()));
  }

  /** What to ask. */
  List<ExecutionQuery> queries() {
    return questions.stream().map(Question::query).toList();
  }

  /** Hands each answer to whom it is for. */
  void answer(List<List<String>> executions, RulesRun run) {
    for (int i = 0; i < questions.size(); i++) {
      questions.get(i).answer().accept(executions.get(i), run);
    }
  }
}
