// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.tree.TreeRequest;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes {@code family}, one row for each process that any row tells of, and {@code kin}, which has
 * the number of its parent. A process is told by boot, process id and start, whatever capture it
 * stands in.
 */
final class FamilyTables {
  /** The stored columns that trees are made of. */
  static final Map<Table, Set<String>> COLUMNS = columns();

  /** Where two rows could be the first, the place in the files decides. */
  private static final String ORDER =
      "(boot_ns::HUGEINT * 9223372036854775807 + " + SegmentReader.KEY + ")";

  /** More than a recorder writes: a list is a stranger's, and must not take all memory. */
  private static final int MAX_ANCESTORS = 64;

  private static final String WALL = wall("boot_ns", "clock_offset_ns");
  private static final String NUMBERS = "boot_id, pid, start_boot_ns AS \"start\"";

  private final Session session;
  private final TreeRequest request;

  FamilyTables(Session session, TreeRequest request) {
    this.session = session;
    this.request = request;
  }

  private static Map<Table, Set<String>> columns() {
    Map<Table, Set<String>> columns = new EnumMap<>(Table.class);
    Set<String> common =
        Set.of(
            "boot_id",
            "boot_ns",
            "clock_offset_ns",
            "pid",
            "ppid",
            "start_boot_ns",
            "uid",
            "euid",
            "comm",
            "capture_id");
    columns.put(
        Table.EXECS,
        and(
            common,
            "cpu",
            "seq",
            "login_uid",
            "filename",
            "exe",
            "argv",
            "argv_truncated",
            "cwd",
            "container_id",
            "ancestors"));
    columns.put(Table.PROCESSES, and(common, "cpu", "seq", "login_uid", "exe", "container_id"));
    columns.put(Table.EXITS, and(common, "exec_cpu", "exec_seq", "exit_code", "signal"));
    columns.put(Table.FAILED_EXECS, common);
    columns.put(Table.RAW_SOCKETS, common);
    columns.put(Table.LOSSES, SegmentSchema.of(Table.LOSSES).names());
    return columns;
  }

  private static Set<String> and(Set<String> some, String... others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(others));
    return all;
  }

  /**
   * A wall-clock time, or the nearest that there is to one that nobody can have read; null where
   * either part is, which {@code least} and {@code greatest} would pass over.
   */
  static String wall(String bootNs, String offset) {
    return "CASE WHEN "
        + bootNs
        + " IS NOT NULL AND "
        + offset
        + " IS NOT NULL THEN least(greatest("
        + bootNs
        + "::HUGEINT + "
        + offset
        + ", -9223372036854775808), 9223372036854775807)::BIGINT END";
  }

  /** Makes the tables. The evidence must have been read. */
  void create(List<Finding> findings) throws SQLException {
    found(findings);
    executions();
    others();
    mentions();
    family();
    kin();
  }

  private void found(List<Finding> findings) throws SQLException {
    try (StagedRows rows = new StagedRows(session, "found_processes", "process_id VARCHAR")) {
      for (String id :
          findings.stream().map(finding -> finding.execution().processId()).distinct().toList()) {
        rows.add(id);
      }
    }
    try (StagedRows rows = new StagedRows(session, "focus_processes", "process_id VARCHAR")) {
      for (String id : request.processIds()) {
        rows.add(id);
      }
    }
  }

  private void executions() throws SQLException {
    session.execute(
        "CREATE TABLE of_execs AS SELECT "
            + NUMBERS
            + ", count(DISTINCT boot_ns) AS runs, arg_min(struct_pack(ppid := ppid, apid :="
            + " ancestors[1].pid, astart := ancestors[1].\"start\", exe := coalesce(exe, filename),"
            + " comm := comm, uid := uid, container := container_id, off := clock_offset_ns), "
            + ORDER
            + ") AS a, arg_max(struct_pack(exe := coalesce(exe, filename)), "
            + ORDER
            + ") AS z, "
            + fitting("exe", "login_uid")
            + " FROM staged_execs GROUP BY ALL");
  }

  /** Whether any row of a process fits, for each of the conditions. */
  private String fitting(String exe, String loginUid) {
    String user =
        request.uid().isEmpty()
            ? "true"
            : "coalesce(bool_or("
                + request.uid().getAsLong()
                + " IN (uid, euid"
                + (loginUid.isEmpty() ? "" : ", " + loginUid)
                + ")), false)";
    String program =
        request.program().isEmpty()
            ? "true"
            : exe.isEmpty()
                ? "false"
                : "coalesce(bool_or(regexp_full_match("
                    + exe
                    + ", "
                    + literal(request.program().get().regex())
                    + ")), false)";
    return "bool_or("
        + within(WALL)
        + " OR "
        + within(wall("start_boot_ns", "clock_offset_ns"))
        + ") AS in_time, "
        + user
        + " AS of_user, "
        + program
        + " AS of_program";
  }

  private String within(String ns) {
    return "("
        + (request.fromNs().isEmpty() ? "true" : "(" + ns + ") >= " + request.fromNs().getAsLong())
        + " AND "
        + (request.toNs().isEmpty() ? "true" : "(" + ns + ") < " + request.toNs().getAsLong())
        + ")";
  }

  private void others() throws SQLException {
    session.execute(
        "CREATE TABLE of_processes AS SELECT "
            + NUMBERS
            + ", arg_min(struct_pack(ppid := ppid, exe := exe, comm := comm, uid := uid, container"
            + " := container_id, off := clock_offset_ns), "
            + ORDER
            + ") AS a, "
            + fitting("exe", "login_uid")
            + " FROM staged_processes GROUP BY ALL");
    session.execute(
        "CREATE TABLE of_exits AS SELECT "
            + NUMBERS
            + ", max(boot_ns) AS ended, arg_max(struct_pack(ppid := ppid, comm := comm, uid := uid,"
            + " off := clock_offset_ns, code := exit_code, signal := signal, capture := capture_id,"
            + " cpu := exec_cpu, seq := exec_seq), "
            + ORDER
            + ") AS a, "
            + fitting("", "")
            + " FROM staged_exits GROUP BY ALL");
    for (Table table : List.of(Table.FAILED_EXECS, Table.RAW_SOCKETS)) {
      session.execute(
          "CREATE TABLE of_"
              + table.sqlName()
              + " AS SELECT "
              + NUMBERS
              + ", count(DISTINCT boot_ns) AS n, arg_min(struct_pack(ppid := ppid, comm := comm,"
              + " uid := uid, off := clock_offset_ns), "
              + ORDER
              + ") AS a, "
              + fitting("", "")
              + " FROM staged_"
              + table.sqlName()
              + " GROUP BY ALL");
    }
  }

  /** What lists of ancestors say of processes. One list for each parent says it all. */
  private void mentions() throws SQLException {
    session.execute(
        """
        CREATE TABLE of_ancestors AS
        WITH lists AS (
          SELECT boot_id, min(ord) AS ord, arg_min(ancestors, ord) AS list
          FROM (SELECT boot_id, ancestors, %s AS ord FROM staged_execs WHERE len(ancestors) > 0)
          GROUP BY boot_id, ancestors[1].pid, ancestors[1]."start"),
        places AS (
          SELECT boot_id, ord, list, unnest(range(1, least(len(list), %d) + 1)) AS i FROM lists)
        SELECT boot_id, list[i].pid AS pid, list[i]."start" AS "start",
          arg_min(struct_pack(comm := list[i].comm, exe := list[i].exe, apid := list[i + 1].pid,
            astart := list[i + 1]."start"), ord * 64 + i) AS a
        FROM places
        WHERE list[i].pid IS NOT NULL AND list[i]."start" IS NOT NULL
        GROUP BY ALL
        """
            .formatted(
                "(boot_ns::HUGEINT * 4294967296 + (" + SegmentReader.KEY + " % 4294967296))",
                MAX_ANCESTORS));
  }

  private void family() throws SQLException {
    session.execute(
        """
        CREATE TABLE family AS
        WITH keys AS (
          SELECT boot_id, pid, "start" FROM of_execs
          UNION SELECT boot_id, pid, "start" FROM of_processes
          UNION SELECT boot_id, pid, "start" FROM of_exits
          UNION SELECT boot_id, pid, "start" FROM of_failed_execs
          UNION SELECT boot_id, pid, "start" FROM of_raw_sockets
          UNION SELECT boot_id, pid, "start" FROM of_ancestors),
        programs AS (SELECT capture_id, cpu, seq FROM staged_execs
          UNION SELECT capture_id, cpu, seq FROM staged_processes),
        lost AS (SELECT boot_id, pid, "start" FROM of_exits AS e
          WHERE e.a.cpu IS NOT NULL AND e.a.seq IS NOT NULL AND NOT EXISTS (
            FROM programs AS p
            WHERE p.capture_id = e.a.capture AND p.cpu = e.a.cpu AND p.seq = e.a.seq))
        SELECT (row_number() OVER (ORDER BY k.boot_id, k."start", k.pid) - 1)::INTEGER AS n,
          k.boot_id, k.pid, k."start",
          k.boot_id || ':' || k.pid || ':' || k."start" AS process_id,
          CASE WHEN x.pid IS NOT NULL THEN 'executed' WHEN p.pid IS NOT NULL THEN 'alive'
            WHEN coalesce(e.pid, f.pid, s.pid) IS NOT NULL THEN 'forked' ELSE 'mentioned' END
            AS origin,
          coalesce(x.a.ppid, p.a.ppid, f.a.ppid, s.a.ppid, e.a.ppid) AS ppid,
          CASE WHEN x.a.astart IS NOT NULL THEN x.a.apid ELSE m.a.apid END AS apid,
          coalesce(x.a.astart, m.a.astart) AS astart,
          coalesce(x.a.exe, p.a.exe, m.a.exe) AS exe,
          coalesce(x.a.comm, p.a.comm, m.a.comm, f.a.comm, s.a.comm, e.a.comm) AS comm,
          coalesce(x.a.uid, p.a.uid, f.a.uid, s.a.uid, e.a.uid) AS uid,
          coalesce(x.a.container, p.a.container) AS container,
          coalesce(x.a.off, p.a.off, f.a.off, s.a.off, e.a.off) AS off,
          coalesce(x.runs, 0) AS runs, coalesce(f.n, 0) AS failed, coalesce(s.n, 0) AS sockets,
          e.ended, e.a.off AS ended_off, e.a.code AS code, e.a.signal AS signal,
          l.pid IS NOT NULL AS program_lost,
          CASE WHEN x.pid IS NOT NULL
            THEN 'x' || coalesce(x.a.exe, '') || chr(0) || coalesce(x.z.exe, '') || chr(0) || x.runs
            ELSE 'f' || coalesce(p.a.exe, m.a.exe, '') || chr(0)
              || coalesce(p.a.comm, m.a.comm, e.a.comm, f.a.comm, s.a.comm, '') END AS label,
          coalesce(x.in_time, false) OR coalesce(p.in_time, false) OR coalesce(e.in_time, false)
            OR coalesce(f.in_time, false) OR coalesce(s.in_time, false) AS in_time,
          coalesce(x.of_user, false) OR coalesce(p.of_user, false) OR coalesce(e.of_user, false)
            OR coalesce(f.of_user, false) OR coalesce(s.of_user, false) AS of_user,
          coalesce(x.of_program, false) OR coalesce(p.of_program, false) AS of_program
        FROM keys AS k
        LEFT JOIN of_execs AS x USING (boot_id, pid, "start")
        LEFT JOIN of_processes AS p USING (boot_id, pid, "start")
        LEFT JOIN of_exits AS e USING (boot_id, pid, "start")
        LEFT JOIN of_failed_execs AS f USING (boot_id, pid, "start")
        LEFT JOIN of_raw_sockets AS s USING (boot_id, pid, "start")
        LEFT JOIN of_ancestors AS m USING (boot_id, pid, "start")
        LEFT JOIN lost AS l USING (boot_id, pid, "start")
        """);
  }

  /** A parent starts before its child; what says otherwise cannot be true. */
  private void kin() throws SQLException {
    // Of a time nothing is known of a process that is only mentioned.
    String time = request.fromNs().isEmpty() && request.toNs().isEmpty() ? "true" : "c.in_time";
    String user = request.uid().isEmpty() ? "true" : "c.of_user";
    String program = request.program().isEmpty() ? "true" : "c.of_program";
    String pid = request.pid().isEmpty() ? "false" : "c.pid = " + request.pid().getAsInt();
    session.execute(
        """
        CREATE TABLE kin AS
        WITH labels AS (SELECT label, row_number() OVER (ORDER BY label)::INTEGER AS number
          FROM (SELECT DISTINCT label FROM family)),
        said AS (SELECT n, boot_id, pid, "start", ppid FROM family
          WHERE astart IS NULL AND ppid > 0),
        guess AS (SELECT c.n, r.n AS parent, r.ended IS NULL OR r.ended >= c."start" AS alive
          FROM said AS c ASOF JOIN family AS r
            ON r.boot_id = c.boot_id AND r.pid = c.ppid AND r."start" < c."start")
        SELECT c.n,
          CASE WHEN q.n < c.n THEN q.n WHEN g.alive THEN g.parent ELSE -1 END AS parent,
          CASE WHEN q.n < c.n THEN 'OBSERVED' WHEN c.astart IS NOT NULL THEN 'MISSING'
            WHEN g.alive THEN 'INFERRED'
            WHEN c.ppid = 0 OR (c.ppid IS NULL AND c.pid = 1) THEN 'ROOT' ELSE 'MISSING' END AS edge,
          l.number AS label,
          %s AS matched,
          o.process_id IS NOT NULL OR %s AS focus,
          d.process_id IS NOT NULL AS found
        FROM family AS c
        LEFT JOIN family AS q
          ON q.boot_id = c.boot_id AND q.pid = c.apid AND q."start" = c.astart
        LEFT JOIN guess AS g ON g.n = c.n
        JOIN labels AS l ON l.label = c.label
        LEFT JOIN temp.focus_processes AS o ON o.process_id = c.process_id
        LEFT JOIN temp.found_processes AS d ON d.process_id = c.process_id
        """
            .formatted(String.join(" AND ", time, user, program), pid));
  }
}
