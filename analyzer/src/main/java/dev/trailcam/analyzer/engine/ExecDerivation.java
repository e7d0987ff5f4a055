// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.engine;

import dev.trailcam.capture.Column;
import dev.trailcam.capture.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the packed views compute from what: the one thing known here of the SQL in {@code queries}.
 * A test holds the two together; other views than the packed ones are never relied on.
 */
final class ExecDerivation {
  /** The stored columns that a computed column needs, in any table that has it. */
  private static final Map<String, List<String>> SOURCES =
      Map.ofEntries(
          Map.entry("exec_id", List.of("boot_id", "pid", "start_boot_ns", "boot_ns")),
          Map.entry("process_id", List.of("boot_id", "pid", "start_boot_ns")),
          Map.entry("ts_ns", List.of("boot_ns", "clock_offset_ns")),
          Map.entry("run_ns", List.of("boot_ns", "start_boot_ns")),
          Map.entry("program_names", List.of("exe", "filename", "argv", "comm")),
          Map.entry("inline_code", List.of("exe", "argv")),
          Map.entry("sha256", List.of("capture_id", "dev", "inode", "size", "ctime")),
          Map.entry("build_id", List.of("capture_id", "dev", "inode", "size", "ctime")),
          Map.entry("needed", List.of("capture_id", "dev", "inode", "size", "ctime")));

  /** Columns that the table of files knows. */
  static final Set<String> OF_FILES = Set.of("sha256", "build_id", "needed");

  /**
   * Stored columns in which executions repeat: what is started how by whom, and not when, as which
   * process and from which file system.
   */
  static final Set<String> REPEATED =
      Set.of(
          "environment",
          "uid",
          "euid",
          "gid",
          "comm",
          "filename",
          "interp",
          "exe",
          "exe_name",
          "argv",
          "argc",
          "argv_truncated",
          "cwd",
          "env_names",
          "nlink",
          "is_memfd",
          "is_upper_layer",
          "fs_magic",
          "parent_exe",
          "parent_argv",
          "ancestors");

  private ExecDerivation() {}

  /** The stored columns that a column of a view needs. */
  static Set<String> sources(Table table, String column) {
    boolean stored =
        table.storedColumns().stream().map(Column::columnName).anyMatch(column::equals);
    return stored || !SOURCES.containsKey(column)
        ? Set.of(column)
        : new LinkedHashSet<>(SOURCES.get(column));
  }

  /** Whether a column of {@code execs} follows from {@link #REPEATED} ones. */
  static boolean repeats(String column) {
    return REPEATED.containsAll(sources(Table.EXECS, column));
  }

  /** Columns of {@code execs} in the order of the format, then those that only the view has. */
  static List<String> ordered(Set<String> columns) {
    Set<String> ordered = new LinkedHashSet<>();
    Table.EXECS.columns().stream().map(Column::columnName).forEach(ordered::add);
    ordered.addAll(new TreeSet<>(columns));
    ordered.retainAll(columns);
    return List.copyOf(ordered);
  }
}
