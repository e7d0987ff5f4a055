// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import static dev.trailcam.capture.Column.Presence.ALWAYS;
import static dev.trailcam.capture.Column.Presence.DERIVED;
import static dev.trailcam.capture.Column.Presence.MAYBE;
import static dev.trailcam.capture.ColumnType.BOOLEAN;
import static dev.trailcam.capture.ColumnType.INT32;
import static dev.trailcam.capture.ColumnType.INT64;
import static dev.trailcam.capture.ColumnType.STRING;
import static dev.trailcam.capture.ColumnType.STRING_LIST;
import static dev.trailcam.capture.ColumnType.TEXT;
import static dev.trailcam.capture.ColumnType.TEXT_LIST;
import static dev.trailcam.capture.ColumnType.TIMESTAMP_MICROS;

/**
 * The columns of {@code execs}: one row per execution that succeeded, read by the kernel program at
 * the moment the new program image was in place ({@code sched_process_exec}). Those that describe a
 * process or its program stand in other tables too.
 */
public enum ExecColumn implements Column {
  // identity
  EXEC_ID(STRING, DERIVED, "Stable id of this execution: see ExecId"),
  PROCESS_ID(STRING, DERIVED, "Stable id of the process, survives pid reuse: see ExecId"),
  CAPTURE_ID(STRING, ALWAYS, "Id of the capture, as in its manifest"),
  CPU(INT32, ALWAYS, "Processor it happened on, from 0; 65535 for what was alive before"),
  SEQ(
      INT64,
      ALWAYS,
      "Number of this program on its processor, from 0; a lost record uses one up, so gaps show"),

  // time
  TS(TIMESTAMP_MICROS, ALWAYS, "Wall-clock time of the event, UTC"),
  TS_NS(INT64, DERIVED, "The same in nanoseconds since 1970: boot_ns + clock_offset_ns"),
  BOOT_NS(
      INT64,
      ALWAYS,
      "Nanoseconds since boot, suspended time included (CLOCK_BOOTTIME); order comes from this"),
  CLOCK_OFFSET_NS(
      INT64,
      ALWAYS,
      "Wall clock minus boot clock when the event was collected, nanoseconds; changes when the wall"
          + " clock is set"),

  // where
  HOST(STRING, ALWAYS, "Node name of the machine (uname -n)"),
  BOOT_ID(STRING, ALWAYS, "Id of this boot (/proc/sys/kernel/random/boot_id)"),
  MACHINE_ID(STRING, MAYBE, "Id of the installation (/etc/machine-id)"),
  ENVIRONMENT(STRING, MAYBE, "ci, staging or production; null when nobody said"),
  KERNEL(STRING, ALWAYS, "Kernel release (uname -r)"),
  ARCH(STRING, ALWAYS, "Machine architecture (uname -m)"),

  // CI context
  CI_PROVIDER(STRING, MAYBE, "github, gitlab or generic; null outside CI"),
  PROJECT_PATH(STRING, MAYBE, "Repository, such as group/project"),
  COMMIT_SHA(STRING, MAYBE, "Commit that was built"),
  REF_NAME(STRING, MAYBE, "Branch or tag that was built"),
  TRIGGER(STRING, MAYBE, "What started the run: push, pull_request, schedule, …"),
  ACTOR(STRING, MAYBE, "Account that started the run"),
  RUN_ID(STRING, MAYBE, "Id of the run or pipeline"),
  RUN_ATTEMPT(STRING, MAYBE, "Attempt number of the run, from 1"),
  JOB(STRING, MAYBE, "Job within the run"),
  WORKFLOW(STRING, MAYBE, "Workflow or pipeline name"),

  // process
  PID(INT32, ALWAYS, "Process id in the initial pid namespace"),
  PPID(INT32, ALWAYS, "Process id of the parent, in the initial pid namespace"),
  NS_PID(INT32, ALWAYS, "Process id in the process's own pid namespace"),
  START_BOOT_NS(
      INT64, ALWAYS, "When the process was forked, nanoseconds since boot (CLOCK_BOOTTIME)"),
  UID(INT64, ALWAYS, "Real user id in the initial user namespace"),
  EUID(INT64, ALWAYS, "Effective user id in the initial user namespace"),
  GID(INT64, ALWAYS, "Real group id in the initial user namespace"),
  LOGIN_UID(INT64, MAYBE, "User who logged in (audit loginuid); null where none did"),
  SESSION_ID(INT64, MAYBE, "Login session (audit ses); null where there is none"),
  TTY(STRING, MAYBE, "Controlling terminal, such as pts0; null without one"),
  CAPS_EFFECTIVE(INT64, ALWAYS, "Effective capabilities, bit n is capability n of capabilities(7)"),
  COMM(TEXT, ALWAYS, "Task name, after the exec where there was one, at most 15 bytes"),

  // program
  FILENAME(TEXT, MAYBE, "Path as passed to exec, relative or not"),
  INTERP(
      TEXT,
      MAYBE,
      "Path of the file the kernel ran for it; differs from filename for #! and binfmt_misc"),
  EXE(
      TEXT,
      MAYBE,
      "Absolute path of the file that runs, links resolved, within its mount namespace;"
          + " /memfd:NAME for an anonymous file"),
  EXE_NAME(STRING, MAYBE, "Last component of exe"),
  ARGV(TEXT_LIST, MAYBE, "Arguments, argv[0] first; null when they could not be read"),
  ARGC(INT32, ALWAYS, "True number of arguments"),
  ARGV_BYTES(INT64, ALWAYS, "True size of the arguments in bytes, terminators included"),
  ARGV_TRUNCATED(BOOLEAN, ALWAYS, "Whether argv holds only the first part of the arguments"),
  CWD(TEXT, MAYBE, "Working directory, absolute, within its mount namespace"),
  SECRETS_MASKED(
      INT32,
      MAYBE,
      2,
      "Arguments in which secrets were replaced by marks; null when none was to be"),
  ENV_NAMES(
      STRING_LIST,
      MAYBE,
      "Names, never values, of the environment variables that steer the dynamic loader (LD_*,"
          + " GLIBC_TUNABLES, GCONV_PATH)"),
  READ_FAULTS(
      STRING_LIST,
      ALWAYS,
      "Columns the kernel could not read or not read whole for this row, empty for a good one; a"
          + " path named here lacks its beginning and so does not begin with a slash"),

  // file
  DEV(INT64, MAYBE, "Device of exe's file system, major << 20 | minor"),
  INODE(INT64, MAYBE, "Inode number of exe"),
  MODE(INT32, MAYBE, "Type and permission bits of exe, setuid and setgid included"),
  NLINK(INT64, MAYBE, "Hard links to exe; 0 for a deleted file or a memfd"),
  IS_MEMFD(BOOLEAN, MAYBE, "Whether exe is an anonymous file that only memory holds"),
  IS_UPPER_LAYER(
      BOOLEAN,
      MAYBE,
      2,
      "Whether exe was written into the upper layer of an overlay, and so did not come with the"
          + " container's image; null when it is on no overlay"),
  SIZE(INT64, MAYBE, 2, "Size of exe in bytes"),
  MTIME(TIMESTAMP_MICROS, MAYBE, 2, "When the content of exe last changed, as its file says"),
  CTIME(TIMESTAMP_MICROS, MAYBE, 2, "When the inode of exe last changed, which no program can set"),
  FS_MAGIC(INT64, MAYBE, 2, "Type of exe's file system, as in linux/magic.h and statfs(2)"),
  SHA256(STRING, DERIVED, 2, "SHA-256 of exe, from files; null when it was not gathered"),
  BUILD_ID(STRING, DERIVED, 2, "GNU build id of exe, from files"),
  NEEDED(STRING_LIST, DERIVED, 2, "Libraries exe is linked with, from files"),

  // isolation
  CGROUP(TEXT, MAYBE, "Path in the unified cgroup hierarchy"),
  CONTAINER_ID(STRING, MAYBE, "64 hexadecimal digits found in the cgroup path"),
  MNT_NS(INT64, MAYBE, "Mount namespace, as in /proc/PID/ns/mnt"),
  PID_NS(INT64, MAYBE, "Pid namespace"),
  NET_NS(INT64, MAYBE, "Network namespace"),
  USER_NS(INT64, MAYBE, "User namespace"),

  // family
  PARENT_EXE(TEXT, MAYBE, "What the parent was running; null when its exec was not seen"),
  PARENT_ARGV(TEXT_LIST, MAYBE, "Arguments of the parent; null when not seen"),
  ANCESTORS(ColumnType.ANCESTORS, ALWAYS, "Ancestors, parent first, at most 24");

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final Spec spec;

  ExecColumn(ColumnType type, Presence presence, String meaning) {
    this(type, presence, 1, meaning);
  }

  ExecColumn(ColumnType type, Presence presence, int since, String meaning) {
    this.spec = new Spec(type, presence, since, meaning);
  }

  @Override
  public Spec spec() {
    return spec;
  }
}
