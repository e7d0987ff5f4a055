// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.plan;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The columns of views that are read, also of those from which the packed views take columns. */
final class ViewColumns {
  private static final String EXECS = "execs";
  private static final String FILES = "files";

  /** What is known of a program file stands in another table, found by these. */
  private static final Set<String> FILE_KEY = Set.of("capture_id", "dev", "inode", "size", "ctime");

  private static final Set<String> OF_FILES = Set.of("sha256", "build_id", "needed");
  private static final Set<String> WITH_FILE = Set.of(EXECS, "processes");

  /** The exec_id of an event is that of the execution with these. */
  private static final Set<String> SEQUENCE = Set.of("capture_id", "cpu", "seq", Output.KEY);

  private static final Set<String> OF_EXECUTION = Set.of("exits", "failed_execs", "raw_sockets");

  private final SortedMap<String, SortedSet<String>> columns = new TreeMap<>();

  private ViewColumns() {}

  static SortedMap<String, SortedSet<String>> of(Reads reads, Catalogue catalogue) {
    ViewColumns read = new ViewColumns();
    catalogue.views().keySet().stream()
        .filter(reads::names)
        .forEach(
            view ->
                read.add(
                    view,
                    catalogue.views().get(view).stream()
                        .filter(column -> reads.reads(view, column))
                        .toList()));
    List.copyOf(read.columns.keySet()).forEach(read::behind);
    return read.columns;
  }

  private void behind(String view) {
    if (OF_EXECUTION.contains(view) && columns.get(view).contains(Output.KEY)) {
      add(EXECS, SEQUENCE);
    }
    if (WITH_FILE.contains(view) && !Collections.disjoint(columns.get(view), OF_FILES)) {
      add(FILES, columns.get(view).stream().filter(OF_FILES::contains).toList());
      add(FILES, FILE_KEY);
      add(view, FILE_KEY);
    }
  }

  private void add(String view, Iterable<String> more) {
    SortedSet<String> all = columns.computeIfAbsent(view, none -> new TreeSet<>());
    for (String column : more) {
      all.add(column);
    }
  }

  /** Whether what is known of executions comes from files. */
  static boolean filesBehindExecutions(SortedMap<String, SortedSet<String>> reads) {
    return reads.containsKey(EXECS) && !Collections.disjoint(reads.get(EXECS), OF_FILES);
  }
}
