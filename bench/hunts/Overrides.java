// SPDX-License-Identifier: Apache-2.0
import dev.trailcam.capture.Column;
import dev.trailcam.capture.ColumnType;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in SQL what of a row is another in each capture and in each repetition. */
final class Overrides {
  private final Map<String, String> columns = new HashMap<>();

  /**
   * For the captures of one start line.
   *
   * @param offsetNs what makes boot time wall-clock time
   * @param sample the start line of what the capture begins with
   */
  Overrides(ManifestEntry.Start start, long offsetNs, ManifestEntry.Start sample) {
    constant("capture_id", start.captureId());
    constant("host", start.host());
    constant("boot_id", start.bootId());
    constant("machine_id", start.machineId());
    constant("environment", start.environment());
    constant("kernel", start.kernel());
    constant("arch", start.arch());
    constant("project_path", start.ci().projectPath());
    constant("commit_sha", start.ci().commitSha());
    constant("ref_name", start.ci().refName());
    constant("trigger", start.ci().trigger());
    constant("run_id", start.ci().runId());
    columns.put("boot_ns", "v.boot_ns + r.shift");
    columns.put("start_boot_ns", "v.start_boot_ns + r.shift");
    columns.put("clock_offset_ns", offsetNs + "::BIGINT");
    columns.put("ts", "make_timestamptz((v.boot_ns + r.shift + " + offsetNs + ") // 1000)");
    long offsetGained = offsetNs - sample.clock().offsetNs();
    for (String time : List.of("mtime", "ctime")) {
      columns.put(time, fileTime("v." + time, sample.clock().realNs(), offsetGained));
    }
    columns.put("pid", pid("v.pid"));
    columns.put("ppid", pid("v.ppid"));
    columns.put("ns_pid", pid("v.ns_pid"));
    columns.put(
        "ancestors",
        "list_transform(v.ancestors, lambda a: {'pid': "
            + pid("a.pid")
            + ", 'start': a.start + r.shift, 'comm': a.comm, 'exe': a.exe})");
  }

  /** Writes the rows of a table, once for each repetition, in the order of time. */
  String copy(Table table, String from, List<String> repetitions, Path file) {
    List<String> all = new ArrayList<>();
    for (Column column : table.storedColumns()) {
      String name = column.columnName();
      all.add(expression(table, column) + " AS " + name);
      if (column.type().text()) {
        all.add("v." + column.rawName());
      }
    }
    return "COPY (SELECT "
        + String.join(", ", all)
        + " FROM "
        + from
        + " v, (VALUES "
        + String.join(", ", repetitions)
        + ") r(number, shift, first_shift, pids, s0, s1, letters)"
        + (repetitions.size() > 1 ? " ORDER BY r.number, v.place" : "")
        + ") TO "
        + Variants.quoted(file.toString())
        + " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)";
  }

  private String expression(Table table, Column column) {
    String name = column.columnName();
    if (name.equals("seq")) {
      return table == Table.EXECS ? numbered("v.cpu", "v.new_seq") : "v.seq";
    }
    if (name.equals("exec_seq")) {
      return numbered("v.exec_cpu", "v.new_exec_seq");
    }
    if (columns.containsKey(name)) {
      return columns.get(name);
    }
    if (column.type() == ColumnType.TEXT) {
      return TemporaryNames.renamed("v." + name, "r.letters");
    }
    if (column.type() == ColumnType.TEXT_LIST) {
      return "CASE WHEN contains(array_to_string(v."
          + name
          + ", ''), chr(1)) THEN list_transform(v."
          + name
          + ", lambda x: "
          + TemporaryNames.renamed("x", "r.letters")
          + ") ELSE v."
          + name
          + " END";
    }
    return "v." + name;
  }

  private static String numbered(String cpu, String number) {
    return "CASE " + cpu + " WHEN 0 THEN " + number + " + r.s0 WHEN 1 THEN " + number
        + " + r.s1 ELSE " + number + " END";
  }

  /**
   * What a run wrote is as old as the run, in all repetitions, which share its file rows. The rest
   * of the machine was there before all runs.
   */
  private static String fileTime(String time, long sampleStartNs, long offsetGained) {
    return "CASE WHEN "
        + time
        + " >= make_timestamptz("
        + sampleStartNs / 1000
        + ") THEN "
        + time
        + " + to_microseconds((r.first_shift + "
        + offsetGained
        + ") // 1000) ELSE "
        + time
        + " - to_days(210) END";
  }

  /** The first process of a machine is always the same. */
  private static String pid(String pid) {
    return "(CASE WHEN " + pid + " > 1 THEN " + pid + " + r.pids ELSE " + pid + " END)::INTEGER";
  }

  private void constant(String column, String value) {
    columns.put(column, Variants.quoted(value));
  }
}
