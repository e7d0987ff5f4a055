// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import java.util.List;

/**
 * What executions agree in that count as the same, before any noise is taken out. All text may be
 * hostile.
 *
 * @param exe absolute path of the file that ran, or null
 * @param argv arguments, argv[0] first, or null
 * @param argvTruncated whether argv holds only the first part
 * @param cwd working directory, or null
 * @param uid real user id
 * @param euid effective user id
 * @param parentExe what the parent was running, or null
 */
public record Act(
    String exe,
    List<String> argv,
    boolean argvTruncated,
    String cwd,
    long uid,
    long euid,
    String parentExe) {}
