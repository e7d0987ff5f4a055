// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.List;

/**
 * One program that a process executed. All text may be hostile; what is not known is null.
 *
 * @param execId see {@link dev.trailcam.capture.ExecId}
 * @param tsNs when, in nanoseconds since 1970
 * @param program absolute path of the file that ran
 * @param argv arguments, argv[0] first, the first of them if there are very many
 * @param argvTruncated whether the recorder or this program left out the rest of argv
 * @param uid real user id
 * @param euid effective user id
 * @param cwd working directory
 */
public record ProgramRun(
    String execId,
    long tsNs,
    String program,
    List<String> argv,
    boolean argvTruncated,
    long uid,
    long euid,
    String cwd) {}
