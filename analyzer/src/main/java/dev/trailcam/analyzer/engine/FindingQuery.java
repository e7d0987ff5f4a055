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
import java.util.LinkedHashMap;
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

  /**
   * Keyed by rule, execution and what was executed. Two captures may hold one execution; should one
   * of them be forged and say something else, both are shown.
   */
  private final Map<String, Finding> findings = new LinkedHashMap<>();

  FindingQuery(List<Rule> rules, Map<Integer, Segment> segments) {
    this.rules = rules;
    this.segments = segments;
  }

  /** Reads everything that was found. */
  List<Finding> run(Session session) throws SQLException {
    session.query(SQL, row -> accept(row, session.arguments()));
    return Incidents.grouped(new ArrayList<>(findings.values()));
  }

  private void accept(ResultSet row, Arguments arguments) throws SQLException {
    int number = row.getInt(1);
    Rule rule = rules.get(number);
    String execId = row.getString(2);
    List<String> argv = Arguments.recorded(row.getArray(21));
    String key = number + "|" + execId + "|" + row.getString(20) + "|" + argv;
    if (findings.containsKey(key)) {
      return;
    }
    List<String> shown = arguments.shown(argv);
    Segment segment = segments.get(row.getInt(5));
    findings.put(
        key,
        new Finding(
            rule,
            severity(row, rule),
            Arguments.quoting(row.getString(3), argv, shown),
            execution(row, shown, arguments),
            row.getString(4),
            segment.entry().file(),
            segment.entry().sha256(),
            execId));
  }

  private static Severity severity(ResultSet row, Rule rule) throws SQLException {
    String severity = row.getString(33);
    return severity == null ? rule.severity() : Severity.of(severity);
  }

  private static Execution execution(ResultSet row, List<String> argv, Arguments arguments)
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
        row.getString(7),
        row.getString(8),
        ci,
        row.getInt(19),
        row.getString(20),
        argv,
        row.getBoolean(22),
        row.getLong(23),
        row.getLong(24),
        row.getObject(25) == null ? null : Long.valueOf(loginUid),
        row.getString(26),
        row.getString(27),
        row.getString(28),
        arguments.of(row.getArray(29)),
        ancestors(bootId, row.getArray(30)));
  }

  private static List<Execution.Ancestor> ancestors(String bootId, Array array)
      throws SQLException {
    List<Execution.Ancestor> ancestors = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      if (element instanceof Struct struct) {
        Object[] fields = struct.getAttributes();
        int pid = fields[0] == null ? 0 : (Integer) fields[0];
        String process = fields[1] == null ? null : ExecId.process(bootId, pid, (Long) fields[1]);
        ancestors.add(new Execution.Ancestor(pid, process, (String) fields[2], (String) fields[3]));
      }
    }
    return ancestors;
  }
}
