// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.novelty.Aspect;
import dev.trailcam.analyzer.novelty.Example;
import dev.trailcam.analyzer.novelty.Novelty;
import dev.trailcam.analyzer.novelty.RunSide;
import dev.trailcam.analyzer.novelty.Tally;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What some captures hold that others do not. The head is read first and stays, the base passes by
 * and is only counted.
 */
final class RunComparison {
  private final EngineOptions options;
  private final Progress progress;
  private final RunStatistics statistics;
  private final Tally tally = new Tally();

  RunComparison(EngineOptions options, Progress progress, RunStatistics statistics) {
    this.options = options;
    this.progress = progress;
    this.statistics = statistics;
  }

  /**
   * Compares.
   *
   * @param maxBaseRuns how many runs of the base may have what is told all the same, from 0
   * @param limit how many items of each aspect are told
   */
  Novelty run(Compared base, Compared head, long maxBaseRuns, int limit)
      throws SQLException, IOException {
    try (Session session = new Session(options)) {
      EvidenceTables tables =
          new EvidenceTables(session, head.set().captures(), progress, statistics);
      tables.stage();
      tables.read(Table.EXECS, RowLoader.create(session, Table.EXECS, ExampleQuery.COLUMNS));
      session.query(
          "SELECT "
              + ActLoader.COLUMNS
              + ", count(*), min(boot_ns + clock_offset_ns),"
              + " arg_min(trailcam_key, (boot_ns + clock_offset_ns, trailcam_key))"
              + " FROM staged_execs GROUP BY "
              + ActLoader.COLUMNS,
          row ->
              tally.head(
                  ActLoader.act(row, session.arguments()),
                  row.getLong(8),
                  row.getLong(9),
                  row.getLong(10)));
      RunSide before = base(base);
      List<RuleProblem> ruleProblems =
          Stream.of(base, head)
              .flatMap(side -> side.result().ruleProblems().stream())
              .distinct()
              .toList();
      Map<Finding, Long> open = Novelty.findings(head.result().open(), base.result().findings());
      Map<Finding, Long> suppressed =
          Novelty.findings(head.result().suppressedFindings(), base.result().findings());
      Map<Aspect, List<Tally.Counted>> rare = new EnumMap<>(Aspect.class);
      for (Aspect aspect : Aspect.values()) {
        rare.put(aspect, tally.rare(aspect, maxBaseRuns));
      }
      List<Finding> told =
          Stream.of(open, suppressed)
              .flatMap(findings -> findings.keySet().stream().limit(limit))
              .toList();
      Examples examples = examples(session, told, rare, limit);
      RunSide after = side(head, tables.loaded());
      return new Novelty(
          before,
          after,
          newFindings(open, examples, limit),
          newFindings(suppressed, examples, limit),
          found(rare, examples, limit),
          ruleProblems,
          head.result().suppressions(),
          otherJobs(before, after),
          tally.cut());
    }
  }

  /**
   * One side.
   *
   * @param set its evidence
   * @param result what rules say of it
   */
  record Compared(CaptureSet set, ReplayResult result) {}

  private RunSide base(Compared base) throws SQLException, IOException {
    try (Session session = new Session(options)) {
      EvidenceTables tables =
          new EvidenceTables(session, base.set().captures(), progress, statistics);
      tables.stage();
      tables.read(Table.EXECS, ActLoader.create(session));
      session.query(
          "SELECT "
              + ActLoader.COLUMNS
              + ", sum(n)::BIGINT, capture_id FROM acts GROUP BY "
              + ActLoader.COLUMNS
              + ", capture_id ORDER BY capture_id",
          row ->
              tally.base(
                  row.getString(9), ActLoader.act(row, session.arguments()), row.getLong(8)));
      return side(base, tables.loaded());
    }
  }

  /** What rules could not read and what was not read here are not always the same. */
  private static RunSide side(Compared side, LoadedEvidence loaded) {
    List<EvidenceProblem> problems =
        new ArrayList<>(new CaptureSet(loaded.captures(), side.set().problems()).allProblems());
    problems.addAll(side.result().evidenceProblems());
    return new RunSide(loaded.captures(), loaded.executions(), problems);
  }

  /** What is told of as an example, by its key, and the key by the id of the execution. */
  private record Examples(Map<Long, Example> byKey, Map<String, Long> keyOf) {
    private Example of(Finding finding) {
      Long key = keyOf.get(finding.execution().execId());
      return key == null ? null : byKey.get(key);
    }
  }

  private static Examples examples(
      Session session, List<Finding> findings, Map<Aspect, List<Tally.Counted>> rare, int limit)
      throws SQLException {
    Map<String, Long> keyOf = keysOf(session, findings);
    Set<Long> keys = new HashSet<>(keyOf.values());
    rare.values()
        .forEach(counted -> counted.stream().limit(limit).forEach(one -> keys.add(one.firstKey())));
    return new Examples(ExampleQuery.run(session, keys), keyOf);
  }

  private static Novelty.NewFindings newFindings(
      Map<Finding, Long> findings, Examples examples, int limit) {
    return new Novelty.NewFindings(
        findings.entrySet().stream()
            .limit(limit)
            .map(
                entry ->
                    new Novelty.NewFinding(
                        entry.getKey(), entry.getValue(), examples.of(entry.getKey())))
            .toList(),
        findings.size());
  }

  private List<Novelty.Found> found(
      Map<Aspect, List<Tally.Counted>> rare, Examples examples, int limit) {
    List<Novelty.Found> found = new ArrayList<>();
    rare.forEach(
        (aspect, counted) ->
            found.add(
                new Novelty.Found(
                    aspect,
                    counted.stream()
                        .limit(limit)
                        .map(one -> new Novelty.Item(one, examples.byKey().get(one.firstKey())))
                        .toList(),
                    counted.size(),
                    tally.notCompared(aspect))));
    return found;
  }

  private static Map<String, Long> keysOf(Session session, List<Finding> findings)
      throws SQLException {
    Map<String, Long> keys = new HashMap<>();
    if (!findings.isEmpty()) {
      session.query(
          "SELECT "
              + FindingQuery.EXEC_ID
              + " AS exec_id, min(trailcam_key) FROM staged_execs GROUP BY 1 HAVING exec_id IN ("
              + findings.stream()
                  .map(finding -> Session.literal(finding.execution().execId()))
                  .distinct()
                  .collect(Collectors.joining(", "))
              + ")",
          row -> keys.put(row.getString(1), row.getLong(2)));
    }
    return keys;
  }

  private static int otherJobs(RunSide base, RunSide head) {
    List<CiContext> jobs = head.jobs();
    return (int)
        base.captures().stream()
            .map(RunSide::job)
            .filter(one -> jobs.stream().noneMatch(job -> Novelty.sameJob(one, job)))
            .count();
  }
}
