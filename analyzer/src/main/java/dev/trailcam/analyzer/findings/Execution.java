// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.findings;

import dev.trailcam.capture.CiContext;
import java.util.List;

/**
 * The facts of one execution, as recorded. All text may be hostile. Parts that were not known are
 * null.
 *
 * @param execId see {@link dev.trailcam.capture.ExecId}
 * @param processId {@link dev.trailcam.capture.ExecId#process} of who executed it
 * @param tsNs nanoseconds since 1970-01-01T00:00:00Z
 * @param host node name of the machine
 * @param environment ci, staging, production, or null when nobody said
 * @param ci CI run, parts of it null
 * @param pid process id
 * @param program absolute path of the file that ran, or null
 * @param argv arguments, argv[0] first, or null
 * @param argvTruncated whether argv holds only the first part
 * @param uid real user id
 * @param euid effective user id
 * @param loginUid user who logged in, or null
 * @param cwd working directory, or null
 * @param containerId 64 hexadecimal digits, or null
 * @param parentExe what the parent was running, or null
 * @param parentArgv arguments of the parent, or null
 * @param ancestors parent first
 */
public record Execution(
    String execId,
    String processId,
    long tsNs,
    String host,
    String environment,
    CiContext ci,
    int pid,
    String program,
    List<String> argv,
    boolean argvTruncated,
    long uid,
    long euid,
    Long loginUid,
    String cwd,
    String containerId,
    String parentExe,
    List<String> parentArgv,
    List<Ancestor> ancestors) {

  /**
   * One ancestor.
   *
   * @param pid its process id
   * @param processId {@link dev.trailcam.capture.ExecId#process}, or null where its start is not
   *     known
   * @param comm its task name, or null
   * @param exe its program, or null
   */
  public record Ancestor(int pid, String processId, String comm, String exe) {}
}
