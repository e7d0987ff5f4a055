// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import static dev.trailcam.analyzer.engine.Session.literal;

import dev.trailcam.analyzer.timeline.ProcessFilter;
import dev.trailcam.capture.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the processes whose events somebody wants, by what any of their rows says. */
final class ChosenProcesses {
  private static final String PROCESS = "boot_id, pid, start_boot_ns";
  private static final Set<Table> WITH_PROGRAMS = Set.of(Table.EXECS, Table.PROCESSES);
  private static final List<Table> TABLES =
      List.of(Table.EXECS, Table.PROCESSES, Table.EXITS, Table.FAILED_EXECS, Table.RAW_SOCKETS);

  private final Session session;
  private final ProcessFilter filter;

  ChosenProcesses(Session session, ProcessFilter filter) {
    this.session = session;
    this.filter = filter;
  }

  /** The stored columns that deciding takes, besides those that events are told with. */
  static Map<Table, Set<String>> columns(ProcessFilter filter) {
    Map<Table, Set<String>> columns = new EnumMap<>(Table.class);
    if (filter.uid().isEmpty() && filter.program().isEmpty()) {
      return columns;
    }
    for (Table table : TABLES) {
      Set<String> names = new HashSet<>(Set.of("boot_id", "pid", "start_boot_ns", "uid", "euid"));
      if (WITH_PROGRAMS.contains(table)) {
        names.addAll(Set.of("exe", "login_uid"));
      }
      columns.put(table, names);
    }
    return columns;
  }

  /** Makes tables of them; the result are conditions for the rows of any table. */
  List<String> create() throws SQLException {
    List<String> conditions = new ArrayList<>();
    filter
        .processId()
        .ifPresent(
            id -> conditions.add("boot_id || ':' || pid || ':' || start_boot_ns = " + literal(id)));
    filter.pid().ifPresent(pid -> conditions.add("pid = " + pid));
    if (filter.uid().isPresent()) {
      long uid = filter.uid().getAsLong();
      conditions.add(
          chosen(
              "of_user",
              TABLES,
              table ->
                  uid + " IN (uid, euid" + (WITH_PROGRAMS.contains(table) ? ", login_uid)" : ")")));
    }
    if (filter.program().isPresent()) {
      String regex = literal(filter.program().get().regex());
      conditions.add(
          chosen(
              "of_program",
              TABLES.stream().filter(WITH_PROGRAMS::contains).toList(),
              table -> "regexp_full_match(exe, " + regex + ")"));
    }
    return conditions;
  }

  private interface Condition {
    String of(Table table);
  }

  private String chosen(String name, List<Table> tables, Condition condition) throws SQLException {
    session.execute(
        "CREATE TABLE "
            + name
            + " AS "
            + tables.stream()
                .map(
                    table ->
                        "SELECT "
                            + PROCESS
                            + " FROM staged_"
                            + table.sqlName()
                            + " WHERE "
                            + condition.of(table))
                .collect(Collectors.joining(" UNION ")));
    return "(" + PROCESS + ") IN (SELECT (" + PROCESS + ") FROM " + name + ")";
  }
}
