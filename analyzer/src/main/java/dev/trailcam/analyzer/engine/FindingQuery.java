// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.evidence.Segment;
import dev.trailcam.analyzer.findings.Execution;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.findings.Incidents;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.rules.Severity;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ExecId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes findings of what {@link FoundExecutions} holds. */
final class FindingQuery {
  /** The id of an execution, of what is stored of it. */
  static final String EXEC_ID =
      "left(sha256(boot_id || '|' || pid || '|' || start_boot_ns || '|' || boot_ns), 32)";

  /** The stored columns that a finding tells of. */
  static final Set<String> COLUMNS =
      Set.of(
          "capture_id",
          "cpu",
          "seq",
          "boot_ns",
          "clock_offset_ns",
          "host",
          "boot_id",
          "environment",
          "ci_provider",
          "project_path",
          "commit_sha",
          "ref_name",
          "trigger",
          "actor",
          "run_id",
          "run_attempt",
          "job",
          "workflow",
          "pid",
          "start_boot_ns",
          "exe",
          "argv",
          "argv_truncated",
          "uid",
          "euid",
          "login_uid",
          "cwd",
          "container_id",
          "parent_exe",
          "parent_argv",
          "ancestors");

  private static final String SQL =
      """
      SELECT h.rule, %s AS exec_id, h.reason, e.capture_id, e.trailcam_segment, e.boot_ns + e.clock_offset_ns,
        e.host, e.environment,
        e.ci_provider, e.project_path, e.commit_sha, e.ref_name, e."trigger", e.actor, e.run_id,
        e.run_attempt, e.job, e.workflow, e.pid, e.exe, e.argv, e.argv_truncated, e.uid, e.euid,
        e.login_uid, e.cwd, e.container_id, e.parent_exe, e.parent_argv, e.ancestors,
        e.boot_id, e.start_boot_ns, h.severity
      FROM found_hits AS h
      JOIN found_execs AS e USING (trailcam_key)
      ORDER BY h.rule, exec_id, e.capture_id, e.cpu, e.seq, e.trailcam_segment
      """
          .formatted(EXEC_ID);

  private final List<Rule> rules;
  private final Map<Integer, Segment> segments;

  private final List<Finding> findings = new ArrayList<>();
  private final Repeated repeated = new Repeated();

  /**
   * What was executed, by the captures that hold the execution which a rule found last. Should one
   * of them be forged and say something else, both are shown.
   */
  private final Set<List<Object>> told = new HashSet<>();

  private String last = "";

  FindingQuery(List<Rule> rules, Map<Integer, Segment> segments) {
    this.rules = rules;
    this.segments = segments;
  }

  /** Reads everything that was found. */
  List<Finding> run(Session session) throws SQLException {
    session.query(SQL, row -> accept(row, session.arguments()));
    return Incidents.grouped(findings);
  }

  private void accept(ResultSet row, Arguments arguments) throws SQLException {
    int number = row.getInt(1);
    Rule rule = rules.get(number);
    String execId = row.getString(2);
    List<String> argv = Arguments.recorded(row.getArray(21));
    String hit = number + "|" + execId;
    if (!hit.equals(last)) {
      told.clear();
      last = hit;
    }
    if (!told.add(Arrays.asList(row.getString(20), argv))) {
      return;
    }
    List<String> shown = arguments.shown(argv);
    Segment segment = segments.get(row.getInt(5));
    findings.add(
        new Finding(
            rule,
            severity(row, rule),
            repeated.one(Arguments.quoting(row.getString(3), argv, shown)),
            execution(row, shown, arguments),
            repeated.one(row.getString(4)),
            segment.entry().file(),
            segment.entry().sha256(),
            execId));
  }

  private static Severity severity(ResultSet row, Rule rule) throws SQLException {
    String severity = row.getString(33);
    return severity == null ? rule.severity() : Severity.of(severity);
  }

  private Execution execution(ResultSet row, List<String> argv, Arguments arguments)
      throws SQLException {
    CiContext ci =
        new CiContext(
            row.getString(9),
            row.getString(10),
            row.getString(11),
            row.getString(12),
            row.getString(13),
            row.getString(14),
            row.getString(15),
            row.getString(16),
            row.getString(17),
            row.getString(18));
    long loginUid = row.getLong(25);
    String bootId = row.getString(31);
    return new Execution(
        row.getString(2),
        ExecId.process(bootId, row.getInt(19), row.getLong(32)),
        row.getLong(6),
        repeated.one(row.getString(7)),
        repeated.one(row.getString(8)),
        repeated.one(ci),
        row.getInt(19),
        repeated.one(row.getString(20)),
        repeated.one(argv),
        row.getBoolean(22),
        row.getLong(23),
        row.getLong(24),
        row.getObject(25) == null ? null : Long.valueOf(loginUid),
        repeated.one(row.getString(26)),
        repeated.one(row.getString(27)),
        repeated.one(row.getString(28)),
        repeated.one(arguments.of(row.getArray(29))),
        ancestors(bootId, row.getArray(30)));
  }

  private List<Execution.Ancestor> ancestors(String bootId, Array array) throws SQLException {
    List<Execution.Ancestor> ancestors = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      if (element instanceof Struct struct) {
        Object[] fields = struct.getAttributes();
        int pid = fields[0] == null ? 0 : (Integer) fields[0];
        String process = fields[1] == null ? null : ExecId.process(bootId, pid, (Long) fields[1]);
        ancestors.add(
            repeated.one(
                new Execution.Ancestor(
                    pid,
                    process,
                    repeated.one((String) fields[2]),
                    repeated.one((String) fields[3]))));
      }
    }
    return repeated.one(ancestors);
  }
}
