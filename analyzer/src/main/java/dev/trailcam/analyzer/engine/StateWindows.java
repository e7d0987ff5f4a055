// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.analyzer.findings.LossWindow;
import dev.trailcam.capture.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the books of a hunt remember of times in which captures lack something, and of the tables
 * that rules look at. Tables and causes are words of ours, so spaces part them.
 */
final class StateWindows {
  private final Session session;

  StateWindows(Session session) {
    this.session = session;
  }

  /** Takes what captures of these boots lack for what they lacked before. */
  void replace(List<LossWindow> losses, Collection<Integer> boots) throws SQLException {
    Map<String, Integer> captures = new HashMap<>();
    session.query(
        "SELECT capture_id, capture FROM captures WHERE boot IN " + HuntState.list(boots),
        row -> captures.put(row.getString(1), row.getInt(2)));
    session.execute("DELETE FROM windows WHERE capture IN " + HuntState.list(captures.values()));
    try (StagedRows rows =
        new StagedRows(
            session,
            "staged_windows",
            "capture INTEGER, place INTEGER, began BIGINT, ended BIGINT, lost VARCHAR,"
                + " uncounted BOOLEAN, causes VARCHAR")) {
      int place = 0;
      for (LossWindow window : losses) {
        Integer capture = captures.get(window.captureId());
        if (capture != null) {
          rows.add(
              capture,
              place++,
              window.fromNs().isEmpty() ? null : window.fromNs().getAsLong(),
              window.toNs().isEmpty() ? null : window.toNs().getAsLong(),
              window.lost().entrySet().stream()
                  .map(lost -> lost.getKey() + "=" + lost.getValue())
                  .collect(Collectors.joining(" ")),
              window.uncounted(),
              String.join(" ", window.causes()));
        }
      }
    }
    session.execute("INSERT INTO windows FROM temp.staged_windows ORDER BY capture, place");
    session.execute("DROP TABLE temp.staged_windows");
  }

  /** Times in which a capture lacks something, by the path of the capture and time. */
  List<LossWindow> read(Set<String> bootIds) throws SQLException {
    List<LossWindow> windows = new ArrayList<>();
    session.query(
        "SELECT capture_id, path, began, ended, lost, uncounted, causes, boot_id FROM windows JOIN"
            + " captures USING (capture) JOIN boots USING (boot) ORDER BY path, capture, place",
        row -> {
          if (bootIds.contains(row.getString(8))) {
            windows.add(window(row));
          }
        });
    return windows;
  }

  private static LossWindow window(ResultSet row) throws SQLException {
    SortedMap<String, Long> lost = new TreeMap<>();
    for (String one : words(row.getString(5))) {
      int sign = one.indexOf('=');
      if (sign < 1) {
        throw new SQLException("a window of time is not as it was written");
      }
      try {
        lost.put(one.substring(0, sign), Long.valueOf(one.substring(sign + 1)));
      } catch (NumberFormatException e) {
        throw new SQLException("a window of time is not as it was written", e);
      }
    }
    return new LossWindow(
        row.getString(1),
        row.getString(2),
        row.getObject(3) == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(3)),
        row.getObject(4) == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(4)),
        lost,
        row.getBoolean(6),
        new TreeSet<>(words(row.getString(7))));
  }

  /** Rules that found something within windows, by capture and the window's first moment. */
  Map<Entry<String, OptionalLong>, Set<String>> found() throws SQLException {
    Map<Entry<String, OptionalLong>, Set<String>> found = new HashMap<>();
    session.query(
        "SELECT DISTINCT c.capture_id, w.began, f.rule_id FROM windows AS w JOIN captures AS c"
            + " USING (capture) JOIN segments AS s USING (capture) JOIN executions AS e"
            + " ON e.found_segment = s.segment JOIN findings AS f ON f.exec_id = e.found_exec_id"
            + " WHERE f.resolved_run IS NULL AND (w.began IS NULL OR w.began <= e.boot_ns +"
            + " e.clock_offset_ns) AND (w.ended IS NULL OR w.ended >= e.boot_ns +"
            + " e.clock_offset_ns)",
        row -> {
          OptionalLong began =
              row.getObject(2) == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(2));
          found
              .computeIfAbsent(Map.entry(row.getString(1), began), key -> new HashSet<>())
              .add(row.getString(3));
        });
    return found;
  }

  /** Remembers which tables rules look at. */
  void reads(Map<String, Set<Table>> reads, Map<JudgedRule, Integer> rules) throws SQLException {
    for (Entry<JudgedRule, Integer> rule : rules.entrySet()) {
      Set<Table> tables = reads.get(rule.getKey().rule().id());
      String text =
          tables == null
              ? "NULL"
              : Session.literal(
                  tables.stream().sorted().map(Table::sqlName).collect(Collectors.joining(" ")));
      session.execute(
          "UPDATE rules SET reads = "
              + text
              + " WHERE rule = "
              + rule.getValue()
              + " AND reads IS DISTINCT FROM "
              + text);
    }
  }

  /** The tables that rules look at, by number; without those of which nobody can tell. */
  Map<Integer, Set<Table>> reads() throws SQLException {
    Map<Integer, Set<Table>> reads = new HashMap<>();
    session.query(
        "SELECT rule, reads FROM rules WHERE reads IS NOT NULL",
        row -> {
          List<String> names = words(row.getString(2));
          Set<Table> tables = EnumSet.noneOf(Table.class);
          for (Table table : Table.values()) {
            if (names.contains(table.sqlName())) {
              tables.add(table);
            }
          }
          reads.put(row.getInt(1), tables);
        });
    return reads;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
