// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.ColumnType.BOOLEAN;
import static dev.trailcam.capture.ColumnType.INT32;
import static dev.trailcam.capture.ColumnType.INT64;
import static dev.trailcam.capture.ColumnType.STRING;
import static dev.trailcam.capture.ColumnType.STRING_LIST;
import static dev.trailcam.capture.ColumnType.TEXT;
import static dev.trailcam.capture.ColumnType.TEXT_LIST;
import static dev.trailcam.capture.ColumnType.TIMESTAMP_MICROS;

import java.util.Locale;

/**
 * The columns of {@code execs}: one row per execution that succeeded, read by the kernel program at
 * the moment the new program image was in place ({@code sched_process_exec}).
 */
public enum ExecColumn implements Column {
  // identity
  EXEC_ID(STRING, Presence.DERIVED, "Stable id of this execution: see ExecId"),
  PROCESS_ID(STRING, Presence.DERIVED, "Stable id of the process, survives pid reuse: see ExecId"),
  CAPTURE_ID(STRING, Presence.ALWAYS, "Id of the capture, as in its manifest"),
  CPU(INT32, Presence.ALWAYS, "Processor that ran the exec, from 0"),
  SEQ(
      INT64,
      Presence.ALWAYS,
      "Number of this exec on its processor, from 0; a lost record uses one up, so gaps show"),

  // time
  TS(TIMESTAMP_MICROS, Presence.ALWAYS, "Wall-clock time of the exec, UTC"),
  TS_NS(INT64, Presence.DERIVED, "The same in nanoseconds since 1970: boot_ns + clock_offset_ns"),
  BOOT_NS(
      INT64,
      Presence.ALWAYS,
      "Nanoseconds since boot, suspended time included (CLOCK_BOOTTIME); order comes from this"),
  CLOCK_OFFSET_NS(
      INT64,
      Presence.ALWAYS,
      "Wall clock minus boot clock when the exec was collected, nanoseconds; changes when the wall"
          + " clock is set"),

  // where
  HOST(STRING, Presence.ALWAYS, "Node name of the machine (uname -n)"),
  BOOT_ID(STRING, Presence.ALWAYS, "Id of this boot (/proc/sys/kernel/random/boot_id)"),
  MACHINE_ID(STRING, Presence.MAYBE, "Id of the installation (/etc/machine-id)"),
  ENVIRONMENT(STRING, Presence.MAYBE, "ci, staging or production; null when nobody said"),
  KERNEL(STRING, Presence.ALWAYS, "Kernel release (uname -r)"),
  ARCH(STRING, Presence.ALWAYS, "Machine architecture (uname -m)"),

  // CI context
  CI_PROVIDER(STRING, Presence.MAYBE, "github, gitlab or generic; null outside CI"),
  PROJECT_PATH(STRING, Presence.MAYBE, "Repository, such as group/project"),
  COMMIT_SHA(STRING, Presence.MAYBE, "Commit that was built"),
  REF_NAME(STRING, Presence.MAYBE, "Branch or tag that was built"),
  TRIGGER(STRING, Presence.MAYBE, "What started the run: push, pull_request, schedule, …"),
  ACTOR(STRING, Presence.MAYBE, "Account that started the run"),
  RUN_ID(STRING, Presence.MAYBE, "Id of the run or pipeline"),
  RUN_ATTEMPT(STRING, Presence.MAYBE, "Attempt number of the run, from 1"),
  JOB(STRING, Presence.MAYBE, "Job within the run"),
  WORKFLOW(STRING, Presence.MAYBE, "Workflow or pipeline name"),

  // process
  PID(INT32, Presence.ALWAYS, "Process id in the initial pid namespace"),
  PPID(INT32, Presence.ALWAYS, "Process id of the parent, in the initial pid namespace"),
  NS_PID(INT32, Presence.ALWAYS, "Process id in the process's own pid namespace"),
  START_BOOT_NS(
      INT64,
      Presence.ALWAYS,
      "When the process was forked, nanoseconds since boot (CLOCK_BOOTTIME)"),
  UID(INT64, Presence.ALWAYS, "Real user id in the initial user namespace"),
  EUID(INT64, Presence.ALWAYS, "Effective user id in the initial user namespace"),
  GID(INT64, Presence.ALWAYS, "Real group id in the initial user namespace"),
  LOGIN_UID(INT64, Presence.MAYBE, "User who logged in (audit loginuid); null where none did"),
  SESSION_ID(INT64, Presence.MAYBE, "Login session (audit ses); null where there is none"),
  TTY(STRING, Presence.MAYBE, "Controlling terminal, such as pts0; null without one"),
  CAPS_EFFECTIVE(
      INT64, Presence.ALWAYS, "Effective capabilities, bit n is capability n of capabilities(7)"),
  COMM(TEXT, Presence.ALWAYS, "Task name after the exec, at most 15 bytes"),

  // program
  FILENAME(TEXT, Presence.MAYBE, "Path as passed to exec, relative or not"),
  INTERP(
      TEXT,
      Presence.MAYBE,
      "Path of the file the kernel ran for it; differs from filename for #! and binfmt_misc"),
  EXE(
      TEXT,
      Presence.MAYBE,
      "Absolute path of the file that runs, links resolved, within its mount namespace;"
          + " /memfd:NAME for an anonymous file"),
  EXE_NAME(STRING, Presence.MAYBE, "Last component of exe"),
  ARGV(TEXT_LIST, Presence.MAYBE, "Arguments, argv[0] first; null when they could not be read"),
  ARGC(INT32, Presence.ALWAYS, "True number of arguments"),
  ARGV_BYTES(INT64, Presence.ALWAYS, "True size of the arguments in bytes, terminators included"),
  ARGV_TRUNCATED(
      BOOLEAN, Presence.ALWAYS, "Whether argv holds only the first part of the arguments"),
  CWD(TEXT, Presence.MAYBE, "Working directory, absolute, within its mount namespace"),
  ENV_NAMES(
      STRING_LIST,
      Presence.MAYBE,
      "Names, never values, of the environment variables that steer the dynamic loader (LD_*,"
          + " GLIBC_TUNABLES, GCONV_PATH)"),
  READ_FAULTS(
      STRING_LIST,
      Presence.ALWAYS,
      "Columns the kernel could not read or not read whole for this row, empty for a good one; a"
          + " path named here lacks its beginning and so does not begin with a slash"),

  // file
  DEV(INT64, Presence.MAYBE, "Device of exe's file system, major << 20 | minor"),
  INODE(INT64, Presence.MAYBE, "Inode number of exe"),
  MODE(INT32, Presence.MAYBE, "Type and permission bits of exe, setuid and setgid included"),
  NLINK(INT64, Presence.MAYBE, "Hard links to exe; 0 for a deleted file or a memfd"),
  IS_MEMFD(BOOLEAN, Presence.MAYBE, "Whether exe is an anonymous file that only memory holds"),

  // isolation
  CGROUP(TEXT, Presence.MAYBE, "Path in the unified cgroup hierarchy"),
  CONTAINER_ID(STRING, Presence.MAYBE, "64 hexadecimal digits found in the cgroup path"),
  MNT_NS(INT64, Presence.MAYBE, "Mount namespace, as in /proc/PID/ns/mnt"),
  PID_NS(INT64, Presence.MAYBE, "Pid namespace"),
  NET_NS(INT64, Presence.MAYBE, "Network namespace"),
  USER_NS(INT64, Presence.MAYBE, "User namespace"),

  // family
  PARENT_EXE(TEXT, Presence.MAYBE, "What the parent was running; null when its exec was not seen"),
  PARENT_ARGV(TEXT_LIST, Presence.MAYBE, "Arguments of the parent; null when not seen"),
  ANCESTORS(ColumnType.ANCESTORS, Presence.ALWAYS, "Ancestors, parent first, at most 24");

  private enum Presence {
    ALWAYS,
    MAYBE,
    DERIVED
  }

  private final ColumnType type;
  private final Presence presence;
  private final String meaning;

  ExecColumn(ColumnType type, Presence presence, String meaning) {
    this.type = type;
    this.presence = presence;
    this.meaning = meaning;
  }

  @Override
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ColumnType type() {
    return type;
  }

  @Override
  public boolean nullable() {
    return presence == Presence.MAYBE;
  }

  @Override
  public boolean derived() {
    return presence == Presence.DERIVED;
  }

  @Override
  public int since() {
    return 1;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
