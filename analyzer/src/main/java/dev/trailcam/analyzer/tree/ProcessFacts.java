// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.tree;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one process. All text may be hostile.
 *
 * @param processId see {@link dev.trailcam.capture.ExecId#process}
 * @param bootId the boot it ran in
 * @param pid process id
 * @param ppid process id of the parent as the first row says it, or null
 * @param origin what made it known
 * @param comm task name, or null
 * @param program what it ran first or, where it executed nothing, what it is known to have run; or
 *     null
 * @param startNs when it was forked, in nanoseconds since 1970, or null where no row of its own
 *     tells the clock
 * @param uid real user id, of the first row; or null
 * @param containerId 64 hexadecimal digits, or null
 * @param runs the programs it executed, the first of them
 * @param executions how many it executed
 * @param failed executions that failed
 * @param sockets rows about sockets that see packets of others
 * @param programLost whether it ended running a program of which there is no row
 * @param ending how it ended; empty where no row says that it did
 */
public record ProcessFacts(
    String processId,
    String bootId,
    int pid,
    Integer ppid,
    Origin origin,
    String comm,
    String program,
    Long startNs,
    Long uid,
    String containerId,
    List<ProgramRun> runs,
    long executions,
    long failed,
    long sockets,
    boolean programLost,
    Optional<Ending> ending) {

  /** Makes the list immutable. */
  public ProcessFacts {
    runs = List.copyOf(runs);
  }
}
