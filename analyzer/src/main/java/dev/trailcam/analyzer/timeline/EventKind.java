// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.timeline;

import java.util.Locale;

/**
 * What can happen. The names are part of the output, and the order is that of events of one moment.
 */
public enum EventKind {
  /** A recording began. */
  CAPTURE_BEGIN,

  /** From here on something is missing. */
  LOSS_BEGIN,

  /** A process executed a program. */
  EXECUTION,

  /** An execution failed. */
  FAILED_EXECUTION,

  /** A socket that sees other programs' packets was opened or made to see more. */
  RAW_SOCKET,

  /** A process ended. */
  EXIT,

  /** Up to here something is missing. */
  LOSS_END,

  /** A recording ended. */
  CAPTURE_END;

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
