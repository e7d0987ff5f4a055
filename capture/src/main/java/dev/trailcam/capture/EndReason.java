// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.util.Locale;

/** Why a recording ended. Names are part of the capture format. */
public enum EndReason {
  /** The recorded command ended. */
  COMMAND_EXITED(true),
  /** SIGINT or SIGTERM asked the recorder to stop. */
  SIGNAL(true),
  /** The recorder died; what was left of its spool was sealed later. */
  RECOVERED(false);

  private final boolean complete;

  EndReason(boolean complete) {
    this.complete = complete;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a capture that ended like this holds everything but its counted losses. */
  public boolean complete() {
    return complete;
  }
}
