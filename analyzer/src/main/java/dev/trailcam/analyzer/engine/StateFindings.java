// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.HuntFinding.State;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.RuleSet;
import dev.trailcam.analyzer.rules.Severity;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What the books of a hunt remember of findings. */
final class StateFindings {
  /**
   * A finding without its execution.
   *
   * @param rule number of the version of the rule that made it last
   */
  record Kept(
      int rule,
      String ruleId,
      String execId,
      String severity,
      String reason,
      State state,
      int firstRun,
      String resolved) {}

  private final Session session;
  private final int run;

  StateFindings(Session session, int run) {
    this.session = session;
    this.run = run;
  }

  /**
   * Remembers what sound rules have found, and which of their findings they no longer make.
   *
   * @param comparable boots in which nothing is missing that rules saw before; elsewhere nothing is
   *     resolved, since evidence that is gone proves nothing
   */
  void record(
      ReplayResult result,
      Map<JudgedRule, Integer> sound,
      Map<BootFacts, Integer> boots,
      Set<Integer> comparable,
      Path rows)
      throws SQLException {
    Map<String, Integer> rules = new HashMap<>();
    sound.forEach((rule, number) -> rules.put(rule.rule().id(), number));
    Map<String, Integer> captures = new HashMap<>();
    boots.forEach(
        (facts, boot) ->
            facts.captures().forEach(capture -> captures.put(capture.captureId(), boot)));
    Set<String> told = new HashSet<>();
    try (StagedRows hits =
        new StagedRows(
            session,
            "hits",
            "rule INTEGER, rule_id VARCHAR, boot INTEGER, exec_id VARCHAR, severity VARCHAR,"
                + " reason VARCHAR")) {
      for (Finding finding : result.findings()) {
        Rule rule = finding.rule();
        String execId = finding.execution().execId();
        Integer boot = captures.get(finding.captureId());
        if (boot == null || !rules.containsKey(rule.id()) || !told.add(rule.id() + " " + execId)) {
          continue;
        }
        hits.add(
            rules.get(rule.id()),
            rule.id(),
            boot,
            execId,
            finding.severity() == rule.severity() ? null : finding.severity().id(),
            finding.reason());
      }
    }
    session.execute(
        "UPDATE findings AS f SET rule = h.rule, severity = h.severity, reason = h.reason,"
            + " boot = h.boot, first_run = CASE WHEN f.resolved_run IS NULL THEN f.first_run ELSE "
            + run
            + " END, resolved_run = NULL, resolved = NULL FROM temp.hits AS h"
            + " WHERE f.rule_id = h.rule_id AND f.exec_id = h.exec_id");
    session.execute(
        "INSERT INTO findings SELECT h.rule, h.rule_id, h.boot, h.exec_id, h.severity, h.reason, "
            + run
            + ", NULL, NULL FROM temp.hits AS h ANTI JOIN findings AS f"
            + " ON f.rule_id = h.rule_id AND f.exec_id = h.exec_id ORDER BY ALL");
    for (Map.Entry<JudgedRule, Integer> rule : sound.entrySet()) {
      session.execute(
          "UPDATE findings SET resolved_run = "
              + run
              + ", resolved = "
              + literal("version " + rule.getKey().rule().version() + " of the rule")
              + " || CASE WHEN rule = "
              + rule.getValue()
              + " THEN ' no longer finds it beside what was added to the capture'"
              + " ELSE ' does not find it' END"
              + " WHERE resolved_run IS NULL AND rule_id = "
              + literal(rule.getKey().rule().id())
              + " AND boot IN "
              + HuntState.list(comparable)
              + " AND NOT EXISTS (SELECT 1 FROM temp.hits AS h WHERE h.rule_id = findings.rule_id"
              + " AND h.exec_id = findings.exec_id)");
    }
    if (!told.isEmpty()) {
      rows(rows, boots);
    }
    session.execute("DROP TABLE temp.hits");
  }

  private void rows(Path rows, Map<BootFacts, Integer> boots) throws SQLException {
    session.execute(
        "INSERT INTO executions BY NAME SELECT r.* EXCLUDE (found_file, found_sha256,"
            + " content_sha256, content_build_id, content_needed),"
            + " s.segment AS found_segment FROM read_parquet("
            + literal(rows)
            + ") AS r JOIN captures AS c ON c.capture_id = r.capture_id JOIN segments AS s"
            + " ON s.capture = c.capture AND s.file = r.found_file AND s.sha256 = r.found_sha256"
            + " WHERE c.boot IN "
            + HuntState.list(boots.values())
            + " AND NOT EXISTS (SELECT 1 FROM executions AS e WHERE"
            + " e.found_exec_id = r.found_exec_id AND e.found_segment = s.segment)"
            + " ORDER BY r.found_exec_id, s.segment");
    contents(rows, boots);
  }

  /** What is known now of the content that ran takes the place of what was known before. */
  private void contents(Path rows, Map<BootFacts, Integer> boots) throws SQLException {
    session.execute(
        "CREATE OR REPLACE TEMP TABLE staged_contents AS SELECT c.capture, r.dev, r.inode, r.size,"
            + " r.ctime, any_value(r.content_sha256) AS sha256, any_value(r.content_build_id) AS"
            + " build_id, any_value(r.content_needed) AS needed FROM read_parquet("
            + literal(rows)
            + ") AS r JOIN captures AS c ON c.capture_id = r.capture_id WHERE c.boot IN "
            + HuntState.list(boots.values())
            + " GROUP BY ALL ORDER BY ALL");
    session.execute(
        "DELETE FROM contents AS k USING temp.staged_contents AS s WHERE k.capture = s.capture AND"
            + " k.dev = s.dev AND k.inode = s.inode AND k.size = s.size AND k.ctime = s.ctime");
    session.execute(
        "INSERT INTO contents FROM temp.staged_contents WHERE sha256 IS NOT NULL OR build_id IS NOT"
            + " NULL OR needed IS NOT NULL");
    session.execute("DROP TABLE temp.staged_contents");
  }

  /** Resolves the findings of rules that are none of these. */
  void retire(String ids) throws SQLException {
    session.execute(
        "UPDATE findings SET resolved_run = "
            + run
            + ", resolved = 'the rule is gone' WHERE resolved_run IS NULL AND rule_id NOT IN "
            + ids);
  }

  /** Every finding that is open or was resolved in this run, with its severity. */
  void states(RuleSet ruleSet, BiConsumer<Kept, Severity> visitor) throws SQLException {
    Map<String, Severity> current = new HashMap<>();
    ruleSet.rules().forEach(rule -> current.put(rule.id(), rule.severity()));
    session.query(
        "SELECT f.rule, f.rule_id, f.exec_id, f.severity, f.reason, f.first_run, f.resolved_run,"
            + " f.resolved, r.severity FROM findings AS f JOIN rules AS r USING (rule)"
            + " WHERE f.resolved_run IS NULL OR f.resolved_run = "
            + run
            + " ORDER BY f.rule_id, f.exec_id",
        row -> {
          int firstRun = row.getInt(6);
          String resolved = row.getString(8);
          State state =
              resolved != null ? State.RESOLVED : firstRun == run ? State.NEW : State.KNOWN;
          Kept kept =
              new Kept(
                  row.getInt(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  state,
                  firstRun,
                  resolved == null ? "" : resolved);
          Severity own = current.getOrDefault(kept.ruleId(), Severity.of(row.getString(9)));
          visitor.accept(kept, kept.severity() == null ? own : Severity.of(kept.severity()));
        });
  }
}
