// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.regression;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.analyzer.engine.WrittenCapture;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.rules.CaseExecution;
import dev.trailcam.analyzer.rules.CaseRow;
import dev.trailcam.analyzer.rules.RuleCase;
import dev.trailcam.analyzer.rules.RuleCases;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.EventColumn;
import dev.trailcam.capture.ExecColumn;
import dev.trailcam.capture.ExecId;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine of its own for a case that was made up: what the case says, and of all else what an
 * uneventful execution has. Capture, boot and host differ from case to case, so that rules which
 * look at several executions do not take those of two cases together. Times are the same in all, so
 * that a case can give one: the recording begins at 2026-11-22T04:03:01Z, a second before the first
 * execution. The ids depend on the rule and the case's sentence alone.
 */
final class CaseCapture {
  private static final long OFFSET_NS = 1_795_320_180_000_000_000L;
  private static final long FIRST_BOOT_NS = 2_000_000_000L;
  private static final long EXEC_GAP_NS = 1_000_123L;
  private static final long EVENT_GAP_NS = 1_009L;
  private static final long FORK_NS = 500_000L;
  private static final long FIRST_PID = 100;
  private static final int COMM_CHARS = 15;

  /** The cpu of what was alive before anybody watched. */
  private static final long ALIVE_BEFORE = 65535;

  private final String captureId;
  private final String bootId;
  private final String host;
  private final Map<Table, List<Map<Column, Object>>> rows = new EnumMap<>(Table.class);
  private final List<String> execIds = new ArrayList<>();

  /** Makes the rows of a case. */
  CaseCapture(String rule, RuleCase one, RuleCase.Written evidence) {
    String hash = Sha256.of(rule + "|" + one.name());
    captureId = "case-" + hash.substring(0, 16);
    host = "host-" + hash.substring(0, 8);
    bootId =
        String.join(
            "-",
            hash.substring(0, 8),
            hash.substring(8, 12),
            "4" + hash.substring(13, 16),
            "8" + hash.substring(17, 20),
            hash.substring(20, 32));
    for (Table table : Table.values()) {
      rows.put(table, new ArrayList<>());
    }
    evidence.executions().forEach(this::execution);
  }

  /** Ids of its executions, in their order. */
  List<String> execIds() {
    return execIds;
  }

  private void execution(CaseExecution execution) {
    int number = execIds.size();
    long bootNs = FIRST_BOOT_NS + number * EXEC_GAP_NS;
    Map<Column, Object> row = uneventful(Table.EXECS, bootNs);
    row.put(ExecColumn.CPU, 0L);
    row.put(ExecColumn.SEQ, (long) number);
    row.put(ExecColumn.PID, FIRST_PID + number);
    row.put(ExecColumn.PPID, 1L);
    row.put(ExecColumn.NS_PID, FIRST_PID + number);
    Map<Column, Object> given = execution.exec().values();
    row.putAll(given);
    complete(row, given);
    Map<Column, Object> contents = new LinkedHashMap<>();
    for (ExecColumn column : List.of(ExecColumn.SHA256, ExecColumn.BUILD_ID, ExecColumn.NEEDED)) {
      if (row.containsKey(column)) {
        contents.put(column(Table.FILES, column.columnName()), row.remove(column));
      }
    }
    boolean known = execution.events().stream().anyMatch(event -> event.table() == Table.FILES);
    if (known || !contents.isEmpty()) {
      locate(row, number);
    }
    if (!contents.isEmpty()) {
      event(new CaseRow(Table.FILES, execution.exec().line(), contents), row, 0);
    }
    rows.get(Table.EXECS).add(row);
    execIds.add(
        ExecId.execution(
            (String) row.get(ExecColumn.BOOT_ID),
            Math.toIntExact((Long) row.get(ExecColumn.PID)),
            (Long) row.get(ExecColumn.START_BOOT_NS),
            (Long) row.get(ExecColumn.BOOT_NS)));
    for (int i = 0; i < execution.events().size(); i++) {
      event(execution.events().get(i), row, i + 1);
    }
  }

  /** What follows from the columns that were given. */
  private static void complete(Map<Column, Object> row, Map<Column, Object> given) {
    long bootNs = (Long) row.get(ExecColumn.BOOT_NS);
    row.put(ExecColumn.TS, micros(bootNs + (Long) row.get(ExecColumn.CLOCK_OFFSET_NS)));
    row.put(ExecColumn.START_BOOT_NS, bootNs - FORK_NS);
    String exe = (String) row.get(ExecColumn.EXE);
    String exeName = exe == null ? null : exe.substring(exe.lastIndexOf('/') + 1);
    row.put(ExecColumn.EXE_NAME, exeName);
    if (exeName != null) {
      row.put(ExecColumn.COMM, exeName.substring(0, Math.min(COMM_CHARS, exeName.length())));
    }
    if (row.get(ExecColumn.ARGV) instanceof List<?> argv) {
      row.put(ExecColumn.ARGC, (long) argv.size());
      row.put(ExecColumn.ARGV_BYTES, argv.stream().mapToLong(CaseCapture::bytes).sum());
    }
    row.putAll(given);
  }

  private static long bytes(Object argument) {
    return ((String) argument).getBytes(UTF_8).length + 1L;
  }

  /** Says which file it is, so that a row about the file's content finds it. */
  private static void locate(Map<Column, Object> row, int number) {
    row.putIfAbsent(ExecColumn.DEV, 1L);
    row.putIfAbsent(ExecColumn.INODE, FIRST_PID + number);
    row.putIfAbsent(ExecColumn.SIZE, 1L);
    row.putIfAbsent(ExecColumn.CTIME, Instant.EPOCH);
  }

  private void event(CaseRow event, Map<Column, Object> exec, int number) {
    long bootNs = (Long) exec.get(ExecColumn.BOOT_NS) + number * EVENT_GAP_NS;
    Map<Column, Object> row = uneventful(event.table(), bootNs);
    // An event is of the process and of the file that the execution is of.
    row.replaceAll((column, value) -> exec.containsKey(column) ? exec.get(column) : value);
    row.put(ExecColumn.BOOT_NS, bootNs);
    if (event.table() == Table.PROCESSES) {
      row.put(ExecColumn.CPU, ALIVE_BEFORE);
    }
    row.put(EventColumn.EXEC_CPU, exec.get(ExecColumn.CPU));
    row.put(EventColumn.EXEC_SEQ, exec.get(ExecColumn.SEQ));
    row.putAll(event.values());
    row.keySet().retainAll(event.table().storedColumns());
    if (row.containsKey(ExecColumn.TS) && !event.values().containsKey(ExecColumn.TS)) {
      row.put(
          ExecColumn.TS,
          micros((Long) row.get(ExecColumn.BOOT_NS) + (Long) row.get(ExecColumn.CLOCK_OFFSET_NS)));
    }
    rows.get(event.table()).add(row);
  }

  /** Every column of a table: null, or what is unremarkable. */
  private Map<Column, Object> uneventful(Table table, long bootNs) {
    Map<Column, Object> row = new LinkedHashMap<>();
    for (Column column : table.storedColumns()) {
      row.put(column, column.nullable() ? null : uneventful(column.type()));
    }
    row.replace(ExecColumn.CAPTURE_ID, captureId);
    row.replace(ExecColumn.BOOT_ID, bootId);
    row.replace(ExecColumn.HOST, host);
    row.replace(ExecColumn.ENVIRONMENT, "ci");
    row.replace(ExecColumn.BOOT_NS, bootNs);
    row.replace(ExecColumn.CLOCK_OFFSET_NS, OFFSET_NS);
    return row;
  }

  private static Object uneventful(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> false;
      case INT32, INT64 -> 0L;
      case STRING, TEXT -> "?";
      case STRING_LIST, TEXT_LIST, ANCESTORS -> List.of();
      case TIMESTAMP_MICROS -> Instant.EPOCH;
    };
  }

  private static Column column(Table table, String name) {
    return table.columns().stream()
        .filter(column -> column.columnName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Instant micros(long ns) {
    return Instant.EPOCH.plus(Math.floorDiv(ns, 1000), ChronoUnit.MICROS);
  }

  /** The case as a capture; the file of cases stands for its segment. */
  WrittenCapture written(RuleCases cases) {
    long recorded = rows.get(Table.EXECS).size();
    Capture capture =
        CaseManifest.capture(cases.file(), captureId, host, bootId, recorded, OFFSET_NS);
    return new WrittenCapture(capture, Map.copyOf(rows));
  }
}
