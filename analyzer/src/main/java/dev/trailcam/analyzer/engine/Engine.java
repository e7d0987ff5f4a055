// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.activity.ActivityScope;
import dev.trailcam.analyzer.activity.ActivityVisitor;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Inspection;
import dev.trailcam.analyzer.explanation.Answer;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.InconclusiveWindow;
import dev.trailcam.analyzer.findings.LossWindows;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.SuppressionLedger;
import dev.trailcam.analyzer.gate.Violation;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.query.QueryException;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.RuleSurface;
import dev.trailcam.analyzer.suppressions.SuppressionSet;
import dev.trailcam.analyzer.timeline.Timeline;
import dev.trailcam.analyzer.timeline.TimelineRequest;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.TreeRequest;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** Runs rules and counts over captures. Every call works in an engine of its own. */
public final class Engine {
  private final String tool;
  private final EngineOptions options;
  private final Progress progress;
  private final RunStatistics statistics = new RunStatistics();

  /**
   * An engine that has not started yet.
   *
   * @param tool name and version of this program, for results
   */
  public Engine(String tool, EngineOptions options, Progress progress) {
    this.tool = tool;
    this.options = options;
    this.progress = progress;
  }

  /** What was done until now. */
  public RunStatistics statistics() {
    return statistics;
  }

  /**
   * Runs every rule over every intact segment.
   *
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if what the rules are written against cannot be used
   * @throws CancellationException if the program is being interrupted
   */
  public ReplayResult replay(CaptureSet set, RuleSet ruleSet) {
    return replay(set, ruleSet, List.of()).result();
  }

  /**
   * The same, and marks findings that are legitimate use.
   *
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if what the rules are written against cannot be used
   * @throws CancellationException if the program is being interrupted
   */
  public ReplayResult replay(CaptureSet set, RuleSet ruleSet, SuppressionSet suppressions) {
    return replay(set, ruleSet, suppressions, List.of()).result();
  }

  /**
   * The same, and looks up executions.
   *
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public Answered replay(CaptureSet set, RuleSet ruleSet, List<ExecutionQuery> queries) {
    return replay(set, ruleSet, SuppressionSet.NONE, queries);
  }

  private Answered replay(
      CaptureSet set, RuleSet ruleSet, SuppressionSet suppressions, List<ExecutionQuery> queries) {
    return run(
        () -> {
          try (Session session = new Session(options);
              Replay replay =
                  new Replay(
                      session,
                      ruleSet,
                      options,
                      progress,
                      statistics,
                      new Asked(!queries.isEmpty(), !suppressions.isEmpty()))) {
            ReplayResult result = result(session, replay, set, ruleSet, suppressions);
            return new Answered(result, answers(session, queries));
          }
        });
  }

  /**
   * The same, and writes all that is recorded of the executions that were found.
   *
   * @param rows a file that is not there yet, for {@link HuntState#record}
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if what the rules are written against cannot be used
   * @throws CancellationException if the program is being interrupted
   */
  public Judged judge(CaptureSet set, RuleSet ruleSet, Path rows) {
    return run(
        () -> {
          try (Session session = new Session(options);
              Replay replay =
                  new Replay(
                      session, ruleSet, options, progress, statistics, new Asked(false, true))) {
            ReplayResult result = result(session, replay, set, ruleSet, SuppressionSet.NONE);
            replay.found().write(rows, replay.evidence());
            SortedMap<String, Set<Table>> reads = new TreeMap<>();
            for (Rule rule : ruleSet.rules()) {
              replay.tables(rule).ifPresent(tables -> reads.put(rule.id(), tables));
            }
            return new Judged(
                result,
                LossWindows.of(result.captures(), List.of(), LossQuery.run(session)),
                reads);
          }
        });
  }

  /**
   * Runs every rule over captures that were written by hand.
   *
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public ReplayResult replay(List<WrittenCapture> captures, RuleSet ruleSet) {
    return run(
        () -> {
          try (Session session = new Session(options);
              Replay replay =
                  new Replay(session, ruleSet, options, progress, statistics, Asked.FINDINGS)) {
            WrittenFiles files = WrittenFiles.write(session, captures);
            EvidenceTables tables =
                new EvidenceTables(session, files.captures(), progress, statistics).trusted();
            tables.stage();
            replay.read(tables, files.captures());
            replay.judge();
            replay.find();
            List<Capture> heads = captures.stream().map(WrittenCapture::capture).toList();
            return result(session, replay, heads, List.of(), ruleSet, SuppressionSet.NONE);
          }
        });
  }

  /**
   * Says why a rule holds for an execution or does not.
   *
   * @param rule one of the rule set
   * @param wanted the beginning of the execution's id, or of the id of the rule's finding for it
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if what the rules are written against cannot be used
   * @throws CancellationException if the program is being interrupted
   */
  public Answer explain(CaptureSet set, RuleSet ruleSet, Rule rule, String wanted) {
    return run(
        () -> {
          try (Session session = new Session(options)) {
            RowTables rows =
                RowTables.open(session, set.captures(), ruleSet.surface(), progress, statistics);
            progress.at("explaining " + rule.id(), 0, 0);
            try (RuleRunner runner =
                new RuleRunner(
                    session,
                    rows.vocabulary(),
                    options.ruleTimeout(),
                    RuleRunner.Scope.EXECUTIONS)) {
              return new Explainer(session, runner, rows.evidence(), set, rule).explain(wanted);
            }
          }
        });
  }

  /**
   * Tells what ran.
   *
   * @return the captures, with what turned out to be malformed set aside
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public List<Capture> activity(CaptureSet set, ActivityScope scope, ActivityVisitor visitor) {
    return run(
        () -> {
          try (Session session = new Session(options)) {
            progress.within(session::percent);
            // Replay has counted the evidence already.
            EvidenceTables tables =
                new EvidenceTables(session, set.captures(), progress, new RunStatistics());
            tables.stage();
            return new ActivityQuery(session, scope, visitor).run(tables, progress);
          }
        });
  }

  /**
   * Opens captures to somebody's own queries; to be closed.
   *
   * @param query the only one there will be, if it is known
   * @throws QueryException if that query must not run
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public QuerySession ask(CaptureSet set, RuleSurface surface, Optional<String> query)
      throws QueryException {
    return QuerySession.open(options, set, surface, query, progress, statistics);
  }

  /**
   * Says what the head did that no run of the base did.
   *
   * @param base captures, each of which is a run
   * @param maxBaseRuns how many runs of the base may have what is told all the same, from 0
   * @param limit how many items of each aspect are told, from 1
   * @throws EngineException if the engine cannot work at all
   * @throws BrokenSurfaceException if what the rules are written against cannot be used
   * @throws CancellationException if the program is being interrupted
   */
  public Novelty compare(
      CaptureSet base,
      CaptureSet head,
      RuleSet ruleSet,
      SuppressionSet suppressions,
      long maxBaseRuns,
      int limit) {
    RunComparison.Compared before = new RunComparison.Compared(base, replay(base, ruleSet));
    RunComparison.Compared after =
        new RunComparison.Compared(head, replay(head, ruleSet, suppressions));
    return run(
        () ->
            new RunComparison(options, progress, statistics)
                .run(before, after, maxBaseRuns, limit));
  }

  private ReplayResult result(
      Session session, Replay replay, CaptureSet set, RuleSet ruleSet, SuppressionSet suppressions)
      throws SQLException, IOException {
    progress.within(session::percent);
    EvidenceTables tables = new EvidenceTables(session, set.captures(), progress, statistics);
    tables.stage();
    replay.read(tables, set.captures());
    replay.judge();
    replay.find();
    return result(
        session, replay, replay.evidence().captures(), set.problems(), ruleSet, suppressions);
  }

  private ReplayResult result(
      Session session,
      Replay replay,
      List<Capture> captures,
      List<EvidenceProblem> unreadable,
      RuleSet ruleSet,
      SuppressionSet suppressions)
      throws SQLException, IOException {
    List<Rule> rules = ruleSet.rules();
    FoundExecutions found = replay.found();
    List<Finding> findings =
        new FindingQuery(rules, replay.evidence().segments()).run(found.session());
    List<ReplayResult.RuleRun> runs = ruleRuns(rules, replay.problems(), findings);
    SuppressionLedger.Outcome outcome =
        found.judge(
            replay.evidence(), ruleSet, suppressions, findings, runs, options.ruleTimeout());
    return new ReplayResult(
        tool,
        session.engine(),
        captures,
        unreadable,
        replay.executions(),
        runs,
        replay.problems(),
        outcome.findings(),
        outcome.suppressions(),
        InconclusiveWindow.of(
            captures,
            unreadable,
            LossQuery.run(session),
            runs.stream().map(ReplayResult.RuleRun::rule).toList(),
            findings,
            replay::tables));
  }

  private static List<List<String>> answers(Session session, List<ExecutionQuery> queries)
      throws SQLException {
    List<List<String>> answers = new ArrayList<>();
    for (ExecutionQuery query : queries) {
      List<String> ids = new ArrayList<>();
      session.query(query.sql(), row -> ids.add(row.getString(1)));
      answers.add(ids);
    }
    return answers;
  }

  /**
   * Looks at rules without running them: what they may not say, and for the others whether what
   * they name fits the views.
   *
   * @return every violation of each rule, sorted, in the order of the rules; none where nothing is
   *     wrong
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public Map<Rule, List<Violation>> check(RuleSet ruleSet) {
    try (StatementCheck check = StatementCheck.open(options, ruleSet.surface())) {
      Map<Rule, List<Violation>> violations = new LinkedHashMap<>();
      ruleSet.rules().forEach(rule -> violations.put(rule, check.violations(rule.sql())));
      return violations;
    }
  }

  private static List<ReplayResult.RuleRun> ruleRuns(
      List<Rule> rules, List<RuleProblem> problems, List<Finding> findings) {
    Set<String> failed = new HashSet<>();
    problems.forEach(problem -> failed.add(problem.file()));
    return rules.stream()
        .filter(rule -> !failed.contains(rule.file()))
        .map(
            rule ->
                new ReplayResult.RuleRun(
                    rule, findings.stream().filter(finding -> finding.rule().equals(rule)).count()))
        .toList();
  }

  /**
   * Counts what each capture holds.
   *
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public List<Inspection> inspect(CaptureSet set) {
    return run(
        () -> {
          try (Session session = new Session(options)) {
            List<Inspection> inspections = new ArrayList<>();
            EvidenceTables tables =
                new EvidenceTables(session, set.captures(), progress, statistics);
            tables.stage();
            LoadedEvidence evidence = RowTables.read(session, tables);
            for (Capture capture : evidence.captures()) {
              inspections.add(new InspectionQuery(session, capture).run());
            }
            return inspections;
          }
        });
  }

  /**
   * Makes a Parquet file of JSON Lines, for programs that read tables; the same lines give the same
   * bytes.
   *
   * @param columns names and types in SQL, which are part of the statement and so never from
   *     outside
   * @param target a file whose content is replaced
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public void parquet(Path lines, Map<String, String> columns, Path target) {
    run(
        () -> {
          // Of several threads each would write row groups of its own.
          try (Session session = new Session(new EngineOptions(1, options.memory()))) {
            new ParquetTable(session).write(lines, columns, target);
          }
          return null;
        });
  }

  /**
   * Says which processes there are and how they descend from each other.
   *
   * @param findings to mark them with
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public ProcessTree tree(CaptureSet set, List<Finding> findings, TreeRequest request) {
    return run(
        () -> {
          try (Session session = new Session(options)) {
            progress.within(session::percent);
            EvidenceTables tables =
                new EvidenceTables(session, set.captures(), progress, statistics);
            tables.stage();
            return new TreeRun(session, progress).tree(set, tables, findings, request);
          }
        });
  }

  /**
   * Says what happened in which order.
   *
   * @param findings to mark it with
   * @throws EngineException if the engine cannot work at all
   * @throws CancellationException if the program is being interrupted
   */
  public Timeline timeline(CaptureSet set, List<Finding> findings, TimelineRequest request) {
    return run(
        () -> {
          try (Session session = new Session(options)) {
            progress.within(session::percent);
            EvidenceTables tables =
                new EvidenceTables(session, set.captures(), progress, statistics);
            tables.stage();
            return new TimelineRun(session, progress, request).timeline(set, tables, findings);
          }
        });
  }

  /** Does work that may need a deep stack; what goes wrong is told as the public methods say. */
  static <T> T run(Callable<T> work) {
    try {
      return DeepStack.call(work);
    } catch (SQLException e) {
      throw SqlMessage.isHeapExhausted(e)
          ? EngineException.ofFullHeap(e)
          : new EngineException("the SQL engine failed: " + SqlMessage.firstLine(e), e);
    } catch (IOException e) {
      throw new EngineException("the private directory could not be used: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
