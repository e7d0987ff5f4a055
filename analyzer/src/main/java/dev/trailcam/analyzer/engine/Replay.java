// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.gate.Vocabulary;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.FutureTask;

/**
 * One run of rules over evidence. First everything is read that some rule needs, and the session is
 * locked; then rules run; then the executions they found are read again with all there is of them.
 */
final class Replay implements AutoCloseable {
  private final Session session;
  private final RuleSet ruleSet;
  private final EngineOptions options;
  private final Progress progress;
  private final RunStatistics statistics;
  private final Asked asked;
  private final List<RuleProblem> problems = new ArrayList<>();
  private final FoundExecutions found;
  private LoadedEvidence evidence;
  private Vocabulary vocabulary;
  private Schedule schedule;
  private ReadFilter filter;
  private long executions;

  /**
   * A replay that has read nothing yet.
   *
   * @param asked what somebody will ask for that the rules do not
   */
  Replay(
      Session session,
      RuleSet ruleSet,
      EngineOptions options,
      Progress progress,
      RunStatistics statistics,
      Asked asked)
      throws SQLException, IOException {
    this.session = session;
    this.ruleSet = ruleSet;
    this.options = options;
    this.progress = progress;
    this.statistics = statistics;
    this.asked = asked;
    this.found = new FoundExecutions(session, asked.ofFound());
  }

  /** Reads what is needed of captures, which must have been staged. */
  void read(EvidenceTables tables, List<Capture> captures) throws SQLException, IOException {
    if (ruleSet.surface().hasPackedViews()) {
      readShapes(tables, captures);
    } else {
      RowTables rows = RowTables.open(session, tables, captures, ruleSet.surface());
      evidence = rows.evidence();
      vocabulary = rows.vocabulary();
      schedule = Schedule.ofEverything(ruleSet.rules().size());
    }
  }

  private void readShapes(EvidenceTables tables, List<Capture> captures)
      throws SQLException, IOException {
    SqlSurface.prepare(session, ruleSet.surface());
    CaptureTable.create(session, captures);
    for (Table table : Table.values()) {
      RowLoader.forbid(session, table);
    }
    vocabulary = SqlSurface.define(session, ruleSet.surface());
    schedule = Schedule.of(session, ruleSet, vocabulary, asked.ofAll());
    Needs needs = schedule.needs().orElseThrow();
    // Executions come last: what is known of their files is joined to them.
    for (Map.Entry<Table, Set<String>> table : needs.rows().entrySet()) {
      tables.read(table.getKey(), RowLoader.create(session, table.getKey(), table.getValue()));
    }
    tables.skipOthers();
    // Captures that were written by hand promise nothing of what they hold, and are small.
    filter = tables.isTrusted() ? ReadFilter.none(session) : schedule.filter(session);
    ShapedExecs execs = ShapedExecs.create(session, needs, filter);
    tables.read(Table.EXECS, execs);
    execs.finish();
    if (filter.isNone()) {
      progress.at("looking for texts", 0, 0);
      schedule = schedule.withCandidates(CandidateShapes.create(session, schedule.texts()));
    }
    evidence = tables.loaded();
    session.lock();
  }

  /** Runs every rule. */
  void judge() throws SQLException {
    problems.addAll(ruleSet.problems());
    SortedMap<Integer, List<RuleProblem>> failed = new TreeMap<>();
    for (RuleRunner.Scope scope : RuleRunner.Scope.values()) {
      Deque<Integer> numbers = new ConcurrentLinkedDeque<>(schedule.numbers(scope));
      List<RuleRunner> runners = new ArrayList<>();
      try {
        for (int i = Math.min(options.workers(), numbers.size()); i > 0; i--) {
          runners.add(new RuleRunner(session, vocabulary, options.ruleTimeout(), scope));
        }
        judge(numbers, runners);
        // Two at a time may be too much where one is not.
        for (RuleRunner runner : runners) {
          judge(new ConcurrentLinkedDeque<>(runner.starved()), List.of(runner));
        }
        for (RuleRunner runner : runners) {
          found.add(runner);
          failed.putAll(runner.problems());
        }
      } finally {
        for (RuleRunner runner : runners) {
          runner.close();
        }
      }
    }
    failed.values().forEach(problems::addAll);
  }

  /** Planning a rule takes one thread as long as running it takes all: several at once. */
  private void judge(Deque<Integer> numbers, List<RuleRunner> runners) throws SQLException {
    List<FutureTask<Void>> work = new ArrayList<>();
    for (RuleRunner runner : runners) {
      work.add(
          DeepStack.start(
              () -> {
                for (Integer next = numbers.poll(); next != null; next = numbers.poll()) {
                  Rule rule = ruleSet.rules().get(next);
                  tell("rule " + rule.id(), next + 1, ruleSet.rules().size());
                  long started = System.nanoTime();
                  runner.run(rule, next);
                  statistics.rule(rule.id(), System.nanoTime() - started);
                }
                return null;
              }));
    }
    Exception failure = null;
    for (FutureTask<Void> task : work) {
      try {
        DeepStack.result(task);
      } catch (Exception e) {
        numbers.clear(); // the others end with what they are at
        failure = failure == null ? e : failure;
      }
    }
    if (failure instanceof SQLException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  private synchronized void tell(String what, long done, long total) {
    progress.at(what, done, total);
  }

  /** Reads all that is known of the executions that were found. No rule can run after that. */
  void find() throws SQLException {
    progress.at("collecting findings", 0, 0);
    executions = counted();
    if (!asked.ofAll()) {
      forget();
    }
    found.read(evidence);
  }

  /** What rules looked at takes the memory that those need who read what they found. */
  private void forget() throws SQLException {
    List<String> tables = new ArrayList<>();
    session.query(
        "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND table_name IN"
            + " ('derived_execs', 'derived_shapes', 'shape_rows')",
        row -> tables.add(row.getString(1)));
    for (String table : tables) {
      session.execute("DROP TABLE " + table);
    }
  }

  /** The executions that were found. */
  FoundExecutions found() {
    return found;
  }

  /** What was read, with what turned out to be malformed set aside. */
  LoadedEvidence evidence() {
    return evidence;
  }

  /** The tables a rule looks at; empty where that is not certain. */
  Optional<Set<Table>> tables(Rule rule) {
    return schedule.tables(ruleSet.rules().indexOf(rule));
  }

  /** Rules that did not run. */
  List<RuleProblem> problems() {
    return problems;
  }

  /** Rows of executions the rules looked at, those among them that were left out. */
  long executions() {
    return executions;
  }

  private long counted() throws SQLException {
    if (filter != null && !filter.isNone()) {
      return evidence.executions();
    }
    return session.number(
        schedule.needs().isPresent()
            ? "SELECT coalesce(sum(len(keys)), 0) FROM shape_rows"
            : "SELECT count(*) FROM exec_keys");
  }

  @Override
  public void close() throws SQLException, IOException {
    found.close();
  }
}
