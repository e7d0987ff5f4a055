// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.activity;

import java.util.Locale;

/**
 * Something a process did besides executing a program.
 *
 * @param kind what it was
 * @param processId which one did it, see {@link dev.trailcam.capture.ExecId#process}
 * @param pid its process id
 * @param comm task name of the process
 * @param tsNs nanoseconds since 1970
 * @param text of {@link Kind#FAILED} what was to be executed, perhaps cut, of {@link Kind#SOCKET}
 *     the action; null where unknown or none
 * @param number of {@link Kind#EXIT} the status or null, of {@link Kind#FAILED} and {@link
 *     Kind#SOCKET} the errno
 * @param signal of {@link Kind#EXIT} the signal that ended it, or null
 * @param captureId the capture that holds it
 */
public record OtherEvent(
    Kind kind,
    String processId,
    int pid,
    String comm,
    long tsNs,
    String text,
    Integer number,
    Integer signal,
    String captureId) {

  /** The kinds; names are part of the output. */
  public enum Kind {
    /** The process ended. */
    EXIT,
    /** An execution failed. */
    FAILED,
    /** A socket that sees other programs' packets was opened or made to see more. */
    SOCKET;

    /** The name in outputs. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
