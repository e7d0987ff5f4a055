// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.activity;

import java.util.List;

/**
 * One execution.
 *
 * @param execId see {@link dev.trailcam.capture.ExecId}
 * @param processId who executed it, see {@link dev.trailcam.capture.ExecId#process}
 * @param pid its process id
 * @param tsNs nanoseconds since 1970
 * @param host node name of the machine
 * @param program path of the file that ran, or null
 * @param argv the first arguments, argv[0] first, each perhaps cut; null when they could not be
 *     read
 * @param argvWhole whether these are all of them
 * @param cwd working directory, or null
 * @param uid real user id
 * @param euid effective user id
 * @param captureId the capture that holds it
 */
public record Executed(
    String execId,
    String processId,
    int pid,
    long tsNs,
    String host,
    String program,
    List<String> argv,
    boolean argvWhole,
    String cwd,
    long uid,
    long euid,
    String captureId) {}
