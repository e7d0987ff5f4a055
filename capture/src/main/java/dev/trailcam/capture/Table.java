// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.EventColumn.ERRNO;
import static dev.trailcam.capture.EventColumn.EXEC_CPU;
import static dev.trailcam.capture.EventColumn.EXEC_ID;
import static dev.trailcam.capture.EventColumn.EXEC_SEQ;
import static dev.trailcam.capture.ExecColumn.ARGV;
import static dev.trailcam.capture.ExecColumn.ARGV_TRUNCATED;
import static dev.trailcam.capture.ExecColumn.BOOT_ID;
import static dev.trailcam.capture.ExecColumn.BOOT_NS;
import static dev.trailcam.capture.ExecColumn.CAPTURE_ID;
import static dev.trailcam.capture.ExecColumn.CLOCK_OFFSET_NS;
import static dev.trailcam.capture.ExecColumn.COMM;
import static dev.trailcam.capture.ExecColumn.CTIME;
import static dev.trailcam.capture.ExecColumn.CWD;
import static dev.trailcam.capture.ExecColumn.DEV;
import static dev.trailcam.capture.ExecColumn.EUID;
import static dev.trailcam.capture.ExecColumn.FILENAME;
import static dev.trailcam.capture.ExecColumn.INODE;
import static dev.trailcam.capture.ExecColumn.PID;
import static dev.trailcam.capture.ExecColumn.PPID;
import static dev.trailcam.capture.ExecColumn.PROCESS_ID;
import static dev.trailcam.capture.ExecColumn.READ_FAULTS;
import static dev.trailcam.capture.ExecColumn.SECRETS_MASKED;
import static dev.trailcam.capture.ExecColumn.SIZE;
import static dev.trailcam.capture.ExecColumn.START_BOOT_NS;
import static dev.trailcam.capture.ExecColumn.TS;
import static dev.trailcam.capture.ExecColumn.TS_NS;
import static dev.trailcam.capture.ExecColumn.UID;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A kind of rows in a capture: its SQL name, its segment files' prefix, its columns in order. */
public enum Table {
  /** Executions that succeeded. */
  EXECS("execs", "exec", 1, List.of(ExecColumn.values())),

  /** Processes that ended. */
  EXITS("exits", "exit", 2, with(event(), EXEC_ID, EXEC_CPU, EXEC_SEQ), ExitColumn.values()),

  /** Calls of execve(2) and execveat(2) that failed: nothing was executed. */
  FAILED_EXECS(
      "failed_execs",
      "failed",
      2,
      with(
          event(),
          EXEC_ID,
          EXEC_CPU,
          EXEC_SEQ,
          FILENAME,
          ARGV,
          ARGV_TRUNCATED,
          SECRETS_MASKED,
          CWD,
          READ_FAULTS,
          ERRNO)),

  /** Sockets that see other programs' packets. */
  RAW_SOCKETS(
      "raw_sockets",
      "socket",
      2,
      with(event(), EXEC_ID, EXEC_CPU, EXEC_SEQ),
      with(List.of(RawSocketColumn.values()), ERRNO).toArray(new Column[0])),

  /** Processes that were alive when recording began. */
  PROCESSES("processes", "process", 2, aliveBefore()),

  /** What is in the files that were executed. */
  FILES("files", "file", 2, List.of(CAPTURE_ID, DEV, INODE, SIZE, CTIME), FileColumn.values()),

  /** What is known to be missing. */
  LOSSES("losses", "loss", 1, List.of(LossColumn.values()));

  private final String sqlName;
  private final String filePrefix;
  private final int since;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final List<Column> columns;

  Table(String sqlName, String filePrefix, int since, List<? extends Column> first, Column... own) {
    this.sqlName = sqlName;
    this.filePrefix = filePrefix;
    this.since = since;
    this.columns = with(first, own);
  }

  /** Who did it, and when. */
  private static List<Column> event() {
    return List.of(
        PROCESS_ID,
        CAPTURE_ID,
        BOOT_ID,
        TS,
        TS_NS,
        BOOT_NS,
        CLOCK_OFFSET_NS,
        PID,
        PPID,
        START_BOOT_NS,
        UID,
        EUID,
        COMM);
  }

  /** An execution's columns, but for what only the moment of an execution knows. */
  private static List<Column> aliveBefore() {
    Set<ExecColumn> unknown =
        EnumSet.of(
            ExecColumn.EXEC_ID,
            FILENAME,
            ExecColumn.INTERP,
            ExecColumn.ARGC,
            ExecColumn.ENV_NAMES,
            ExecColumn.PARENT_EXE,
            ExecColumn.PARENT_ARGV,
            ExecColumn.ANCESTORS);
    unknown.addAll(EnumSet.range(ExecColumn.CI_PROVIDER, ExecColumn.WORKFLOW));
    return List.copyOf(EnumSet.complementOf(EnumSet.copyOf(unknown)));
  }

  private static List<Column> with(List<? extends Column> first, Column... more) {
    List<Column> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  public String sqlName() {
    return sqlName;
  }

  /** Prefix of segment files, and the table's name in the manifest. */
  public String filePrefix() {
    return filePrefix;
  }

  /** Capture format version that introduced the table. */
  public int since() {
    return since;
  }

  /** Every column, derived ones included, in the order of the format. */
  public List<Column> columns() {
    return columns;
  }

  /** The columns a segment file holds. */
  public List<Column> storedColumns() {
    return columns.stream().filter(column -> !column.derived()).toList();
  }
}
