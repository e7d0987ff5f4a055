// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.CiContext;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.ExecId;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.ManifestAppender;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Sha256;
import dev.trailcam.capture.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Writes a real capture: Parquet files and their manifest. Rows name the columns that matter, the
 * others get what an uneventful execution has.
 */
public final class CaptureFixture {
  public static final long OFFSET_NS = 1_795_320_180_000_000_000L;
  public static final String BOOT_ID = "5b1f1c6e-0000-4000-8000-000000000001";
  private static final ClockReading START = clock(1_000_000_000L);
  private static final ClockReading END = clock(9_000_000_000L);

  private final Path directory;
  private final List<List<Map<String, Object>>> segments = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Long> losses = new TreeMap<>();
  private final Map<Table, List<Map<String, Object>>> events = new EnumMap<>(Table.class);
  private final Map<Table, Long> lostEvents = new EnumMap<>(Table.class);
  private final Map<String, ManifestEntry.EventCount> books = new TreeMap<>();
  private final List<ManifestEntry.Expired> expired = new ArrayList<>();
  private final List<Loss> lossRows = new ArrayList<>();
  private int format = Manifest.FORMAT_VERSION;
  private boolean noBooks;
  private String captureId;
  private ClockReading start = START;
  private String bootId = BOOT_ID;
  private String host = "runner-7";
  private String environment = "ci";
  private CiContext ci = CiContext.NONE;
  private boolean end = true;
  private String endReason = "command_exited";
  private boolean garbled;
  private int dropped;
  private int rows;

  private CaptureFixture(Path directory) {
    this.directory = directory;
    this.captureId = "capture-" + Sha256.of(directory.getFileName().toString()).substring(0, 8);
    segments.add(new ArrayList<>());
  }

  /** A capture that will be written to this directory, which must not exist. */
  public static CaptureFixture at(Path directory) {
    return new CaptureFixture(directory);
  }

  private static ClockReading clock(long bootNs) {
    return new ClockReading(bootNs, bootNs, bootNs + OFFSET_NS);
  }

  public CaptureFixture id(String id) {
    captureId = id;
    return this;
  }

  /** When the manifest says that recording began, in nanoseconds since 1970. */
  public CaptureFixture started(long realNs) {
    start = new ClockReading(START.bootNs(), START.monotonicNs(), realNs);
    return this;
  }

  public CaptureFixture bootId(String id) {
    bootId = id;
    return this;
  }

  public CaptureFixture host(String name) {
    host = name;
    return this;
  }

  public CaptureFixture environment(String name) {
    environment = name;
    return this;
  }

  public CaptureFixture ci(CiContext context) {
    ci = context;
    return this;
  }

  /** Gives a stored column another type, or none with "absent", in all segments. */
  public CaptureFixture type(String column, String sqlType) {
    types.put(column, sqlType);
    return this;
  }

  public CaptureFixture withoutEnd() {
    end = false;
    return this;
  }

  public CaptureFixture endReason(String reason) {
    endReason = reason;
    return this;
  }

  public CaptureFixture lost(long count) {
    return lost(Table.EXECS, count);
  }

  /** Written by a recorder that knew executions only. */
  public CaptureFixture format1() {
    format = 1;
    noBooks = true;
    return this;
  }

  /** Rows of another table than {@code execs} that were lost. */
  public CaptureFixture lost(Table table, long count) {
    return lostBetween(START.bootNs(), END.bootNs(), table, count);
  }

  /** The same within a part of the recording, in nanoseconds since boot. */
  public CaptureFixture lostBetween(long fromBootNs, long toBootNs, Table table, long count) {
    lossRows.add(new Loss(table, count, fromBootNs, toBootNs));
    if (table == Table.EXECS) {
      losses.merge("ring_full", count, Long::sum);
    } else {
      lostEvents.merge(table, count, Long::sum);
    }
    return this;
  }

  /** What the end line says of a table, whatever is there. */
  public CaptureFixture book(Table table, Long seen, long recorded, long lost) {
    books.put(table.filePrefix(), new ManifestEntry.EventCount(seen, recorded, lost));
    return this;
  }

  /** The end line says nothing of other tables. */
  public CaptureFixture withoutBooks() {
    noBooks = true;
    return this;
  }

  /** Says that retention removed segments, which it does not do here. */
  public CaptureFixture expired(String reason, String... files) {
    expired.add(new ManifestEntry.Expired(List.of(files), reason, END, null));
    return this;
  }

  /** Segments are no Parquet files, but sealed as if they were. */
  public CaptureFixture garbled() {
    garbled = true;
    return this;
  }

  /** Forges a manifest without the segment of this number, chained as if it had never been. */
  public CaptureFixture droppingSegment(int number) {
    dropped = number;
    return this;
  }

  /** What follows goes into another segment. */
  public CaptureFixture nextSegment() {
    segments.add(new ArrayList<>());
    return this;
  }

  /** An execution of a program with arguments. */
  public CaptureFixture exec(String exe, String... argv) {
    return exec(Map.of("exe", exe, "filename", exe, "argv", List.of(argv)));
  }

  /** An execution that has these columns. */
  public CaptureFixture exec(Map<String, ?> columns) {
    Map<String, Object> row = new LinkedHashMap<>();
    long bootNs = bootNs(rows);
    String exe = (String) columns.get("exe");
    String exeName = exe == null ? null : exe.substring(exe.lastIndexOf('/') + 1);
    List<?> argv = (List<?>) columns.get("argv");
    row.put("capture_id", captureId);
    row.put("cpu", 0);
    row.put("seq", rows);
    row.put("boot_ns", bootNs);
    row.put("clock_offset_ns", OFFSET_NS);
    row.put("ts", new Micros((bootNs + OFFSET_NS) / 1000));
    row.put("host", host);
    row.put("boot_id", bootId);
    row.put("environment", environment);
    row.put("kernel", "6.18.0");
    row.put("arch", "x86_64");
    row.put("ci_provider", ci.provider());
    row.put("project_path", ci.projectPath());
    row.put("run_id", ci.runId());
    row.put("job", ci.job());
    row.put("pid", 100 + rows);
    row.put("ppid", 1);
    row.put("ns_pid", 100 + rows);
    row.put("start_boot_ns", bootNs - 500_000);
    row.put("uid", 0);
    row.put("euid", 0);
    row.put("gid", 0);
    row.put("caps_effective", 0);
    row.put("comm", exeName == null ? "?" : exeName.substring(0, Math.min(15, exeName.length())));
    row.put("exe_name", exeName);
    row.put("argc", argv == null ? 0 : argv.size());
    row.put("argv_bytes", argv == null ? 0 : argv.toString().length());
    row.put("argv_truncated", false);
    row.put("read_faults", List.of());
    row.put("ancestors", List.of());
    row.putAll(columns);
    segments.get(segments.size() - 1).add(row);
    rows++;
    return this;
  }

  /** A row of a table that came with format 2, which belongs to the execution before it. */
  public CaptureFixture event(Table table, Map<String, ?> columns) {
    List<Map<String, Object>> all = events.computeIfAbsent(table, key -> new ArrayList<>());
    Map<String, Object> row = new LinkedHashMap<>();
    long bootNs = 3_000_000_000L + all.size();
    row.put("capture_id", captureId);
    row.put("boot_id", bootId);
    row.put("host", host);
    row.put("environment", environment);
    row.put("kernel", "6.18.0");
    row.put("arch", "x86_64");
    row.put("cpu", 65535);
    row.put("seq", all.size());
    row.put("boot_ns", bootNs);
    row.put("clock_offset_ns", OFFSET_NS);
    row.put("ts", new Micros((bootNs + OFFSET_NS) / 1000));
    row.put("exec_cpu", 0);
    row.put("exec_seq", rows - 1);
    row.put("pid", 100 + rows - 1);
    row.put("start_boot_ns", bootNs(rows - 1) - 500_000);
    for (Column column : table.storedColumns()) {
      if (!column.nullable()) {
        row.putIfAbsent(column.columnName(), uneventful(column.type()));
      }
    }
    row.putAll(columns);
    all.add(row);
    return this;
  }

  private static Object uneventful(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> false;
      case INT32, INT64 -> 0;
      case STRING, TEXT -> "?";
      case STRING_LIST, TEXT_LIST, ANCESTORS -> List.of();
      case TIMESTAMP_MICROS -> new Micros(0);
    };
  }

  private static long bootNs(int n) {
    return 2_000_000_000L + 1_000_123L * n;
  }

  /** When the process of the n-th execution, from 0, was forked. */
  public static long startBootNs(int n) {
    return bootNs(n) - 500_000;
  }

  /** The id of the execution that was added as the n-th, from 0. */
  public static String execId(int n) {
    return ExecId.execution(BOOT_ID, 100 + n, startBootNs(n), bootNs(n));
  }

  /** Writes everything; the result is the directory. */
  public Path write() {
    try {
      Files.createDirectories(directory);
      try (ManifestAppender manifest = ManifestAppender.create(directory, start())) {
        long first = 0;
        for (int i = 0; i < segments.size(); i++) {
          boolean last = i == segments.size() - 1;
          if (i + 1 != dropped) {
            manifest.append(segment(i + 1, first, segments.get(i), last));
          }
          first += segments.get(i).size();
        }
        for (Map.Entry<Table, List<Map<String, Object>>> one : events.entrySet()) {
          manifest.append(sealed(one.getKey(), 1, one.getValue(), List.of(), Map.of(), null));
        }
        if (!losses.isEmpty() || !lostEvents.isEmpty()) {
          manifest.append(lossSegment());
        }
        for (ManifestEntry.Expired one : expired) {
          manifest.append(one);
        }
        if (end) {
          manifest.append(end());
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ManifestEntry.End end() {
    long lost = losses.values().stream().mapToLong(Long::longValue).sum();
    Map<String, ManifestEntry.EventCount> counts = new TreeMap<>();
    for (Table table : Table.values()) {
      if (table.since() > 1) {
        long recorded = events.getOrDefault(table, List.of()).size();
        long gone = lostEvents.getOrDefault(table, 0L);
        counts.put(
            table.filePrefix(), new ManifestEntry.EventCount(recorded + gone, recorded, gone));
      }
    }
    counts.putAll(books);
    return new ManifestEntry.End(
        endReason, 0, rows + lost, rows, losses, noBooks ? null : counts, END, null);
  }

  private ManifestEntry.Start start() {
    return new ManifestEntry.Start(
        format,
        captureId,
        "trailcam 0.1.0",
        host,
        bootId,
        null,
        environment,
        "6.18.0",
        "x86_64",
        ci,
        "command",
        List.of("make", "test"),
        32768,
        1 << 20,
        2,
        format == 1 ? null : "masked",
        format == 1 ? null : List.of("exec", "exit", "failed", "socket", "process"),
        start,
        null);
  }

  private ManifestEntry.Segment segment(
      int number, long first, List<Map<String, Object>> content, boolean last) throws IOException {
    long lost = last ? losses.values().stream().mapToLong(Long::longValue).sum() : 0;
    long covered = content.size() + lost;
    return sealed(
        Table.EXECS,
        number,
        content,
        covered == 0
            ? List.of()
            : List.of(
                new ManifestEntry.SequenceRange(0, first, first + covered - 1, content.size())),
        last ? losses : Map.of(),
        null);
  }

  private ManifestEntry.Segment lossSegment() throws IOException {
    List<Map<String, Object>> content = new ArrayList<>();
    lossRows.forEach(loss -> content.add(row(loss)));
    Map<String, Long> others = new TreeMap<>();
    lostEvents.forEach((table, count) -> others.put(table.filePrefix(), count));
    return sealed(Table.LOSSES, 1, content, List.of(), Map.of(), others.isEmpty() ? null : others);
  }

  private Map<String, Object> row(Loss loss) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("capture_id", captureId);
    row.put("cpu", 0);
    row.put("event", loss.table() == Table.EXECS ? null : loss.table().sqlName());
    row.put("cause", "ring_full");
    row.put("count", loss.count());
    row.put("from_boot_ns", loss.fromBootNs());
    row.put("to_boot_ns", loss.toBootNs());
    row.put("from_ts", new Micros((loss.fromBootNs() + OFFSET_NS) / 1000));
    row.put("to_ts", new Micros((loss.toBootNs() + OFFSET_NS) / 1000));
    return row;
  }

  private ManifestEntry.Segment sealed(
      Table table,
      int number,
      List<Map<String, Object>> content,
      List<ManifestEntry.SequenceRange> sequences,
      Map<String, Long> lost,
      Map<String, Long> lostOthers)
      throws IOException {
    String name = CaptureLayout.segmentName(table, number);
    Path file = directory.resolve(name);
    ParquetFixture.write(file, columns(table), content);
    if (garbled) {
      Files.writeString(file, "PAR1 and nothing else");
    }
    byte[] bytes = Files.readAllBytes(file);
    return new ManifestEntry.Segment(
        table.filePrefix(),
        name,
        bytes.length,
        Sha256.of(bytes),
        content.size(),
        boots(content, "boot_ns", "from_boot_ns").min().orElse(0),
        boots(content, "boot_ns", "to_boot_ns").max().orElse(0),
        sequences,
        lost,
        lostOthers,
        "000001.spool",
        END,
        null);
  }

  private static LongStream boots(
      List<Map<String, Object>> content, String ofEvents, String ofLosses) {
    return content.stream()
        .map(row -> row.getOrDefault(ofEvents, row.get(ofLosses)))
        .filter(Number.class::isInstance)
        .mapToLong(boot -> ((Number) boot).longValue());
  }

  private Map<String, String> columns(Table table) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (Column column : table.storedColumns()) {
      if (column.since() > format) {
        continue;
      }
      columns.put(column.columnName(), column.type().sql());
      if (column.type().text()) {
        columns.put(column.rawName(), column.type().rawSql());
      }
    }
    columns.putAll(types);
    columns.values().removeIf("absent"::equals);
    return columns;
  }

  /** A point in time for a column, in microseconds since 1970. */
  public static Object micros(long value) {
    return new Micros(value);
  }

  /** Rows of a table that were lost, and when. */
  private record Loss(Table table, long count, long fromBootNs, long toBootNs) {}

  /** A time in microseconds since 1970. */
  record Micros(long value) {}
}
